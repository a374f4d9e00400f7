import { argv } from 'node:process';
import { structureFigures } from './figures.ts';

for (const [figure, value] of Object.entries(structureFigures(argv[2] ?? '.')))
  process.stdout.write(`${String(value).padStart(12)}  ${figure}\n`);
