import { readFileSync } from 'node:fs';
import { noLocalSystem } from './command/ask-local-system.ts';
import { defaultPort, parseCommandLine, parsePort, runCommand } from './command/command-line.ts';
import { credentialsFile, readCredentials } from './credentials/credentials-file.ts';

const help = `eval "$(npm run -s credentials)"   lets the AWS CLI and the SDKs of this shell ask the running local system

  --port N   which local system (${defaultPort})
  --help     shows this
`;

const options = { port: { type: 'string' }, help: { type: 'boolean', default: false } } as const;

async function main(): Promise<number> {
  const { values } = parseCommandLine({ options, strict: true, allowPositionals: false });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const port = parsePort(values.port);
  if ((await readCredentials(port)) === undefined) throw noLocalSystem(port);
  process.stdout.write(readFileSync(credentialsFile(port), 'utf8').replaceAll(/^(?=.)/gm, 'export '));
  return 0;
}

await runCommand(main);
