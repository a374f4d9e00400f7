import { readFileSync, writeFileSync } from 'node:fs';
import { asyncapi } from './asyncapi.ts';
import { withTables } from './protocol-tables.ts';

writeFileSync('docs/asyncapi.json', `${JSON.stringify(asyncapi(), undefined, 2)}\n`);
writeFileSync('docs/protocol.md', withTables(readFileSync('docs/protocol.md', 'utf8')));
