import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { dataMap } from './data-map.ts';
import { markdownOf } from './markdown.ts';
import { pictureOf } from './picture.ts';
import { readSystem } from './system.ts';

/** The data map of what was synthesized, beside it: `npm run data-map` puts it into docs. */
export function writeDataMap({ directory, stacks }: CloudAssembly): void {
  const map = dataMap(
    readSystem(
      stacks.map(({ stackName, environment: { region }, template }) => ({ stackName, region, template })),
    ),
  );
  const write = (extension: string, text: string) =>
    writeFileSync(join(directory, `data-map.${extension}`), text);
  write('json', `${JSON.stringify(map, null, 2)}\n`);
  write('md', markdownOf(map));
  write('svg', pictureOf(map));
}
