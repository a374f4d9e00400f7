import { writeFileSync } from 'node:fs';
import { asyncapi } from './asyncapi.ts';

writeFileSync('docs/asyncapi.json', `${JSON.stringify(asyncapi(), undefined, 2)}\n`);
