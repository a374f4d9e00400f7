import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartupError } from '../process/startup-error.ts';

export type EngineCommand = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
};

export type EnginePlace = {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string | undefined;
};

/** Where an installed package lies, if it is installed. */
export type FindPackage = (name: string) => string | undefined;

const findInstalledPackage: FindPackage = (name) => {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
};

const hasJava = (): boolean => spawnSync('java', ['-version'], { stdio: 'ignore' }).status === 0;

const dynoxide = (folder: string, { host, port, dataDir }: EnginePlace): EngineCommand => ({
  name: 'dynoxide',
  command: join(folder, 'dynoxide'),
  args: [
    'serve',
    '--host',
    host,
    '--port',
    String(port),
    ...(dataDir === undefined ? [] : ['--db-path', join(dataDir, 'dynamodb.sqlite')]),
  ],
});

const dynamoDbLocal = (folder: string, { port, dataDir }: EnginePlace): EngineCommand => {
  const emulator = join(folder, 'emulator');
  const storage = dataDir === undefined ? ['-inMemory'] : ['-dbPath', dataDir];
  return {
    name: 'DynamoDB Local',
    command: 'java',
    args: [
      `-Djava.library.path=${join(emulator, 'DynamoDBLocal_lib')}`,
      '-jar',
      join(emulator, 'DynamoDBLocal.jar'),
      '-port',
      String(port),
      '-sharedDb',
      ...storage,
    ],
  };
};

/** The static binary where there is one for this machine; else Amazon's own, which needs Java. */
export function chooseEngine(
  place: EnginePlace,
  findPackage: FindPackage = findInstalledPackage,
  java: () => boolean = hasJava,
): EngineCommand {
  const binary = findPackage(`@dynoxide/${process.platform}-${process.arch}`);
  if (binary !== undefined && existsSync(join(binary, 'dynoxide'))) return dynoxide(binary, place);
  const jar = findPackage('amplify-dynamodb-simulator');
  if (jar !== undefined && java()) return dynamoDbLocal(jar, place);
  throw new StartupError(
    `no DynamoDB engine for ${process.platform}-${process.arch}: run \`npm install --no-save amplify-dynamodb-simulator\` (needs Java 17), or name a running one with --dynamodb-endpoint URL`,
  );
}
