import { readFileSync } from 'node:fs';
import { askLocalFunction } from './command/ask-local-system.ts';
import { defaultPort, parseCommandLine, parsePort, runCommand } from './command/command-line.ts';
import { StartupError } from './process/startup-error.ts';

const help = `npm run -s invoke -- FUNCTION [EVENT.json] [OPTIONS]   invokes a function of the running local system

  EVENT.json   the event ({} without it, - for standard input)
  --port N     which local system (${defaultPort})
  --help       shows this
`;

const options = { port: { type: 'string' }, help: { type: 'boolean', default: false } } as const;

const readEvent = (file: string | undefined): string => {
  if (file === undefined) return '{}';
  try {
    const text = readFileSync(file === '-' ? 0 : file, 'utf8');
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new StartupError(`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
};

async function main(): Promise<number> {
  const { values, positionals } = parseCommandLine({ options, strict: true, allowPositionals: true });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const [functionName, file, ...others] = positionals;
  if (functionName === undefined || others.length > 0) {
    throw new StartupError('name a function and its event: npm run -s invoke -- send event.json');
  }
  const port = parsePort(values.port);
  const response = await askLocalFunction(functionName, port, readEvent(file));
  const text = await response.text();
  if (!response.ok) throw new StartupError(messageOf(text));
  process.stdout.write(`${text === '' ? 'null' : text}\n`);
  return response.headers.has('x-amz-function-error') ? 1 : 0;
}

const messageOf = (text: string): string => {
  const [, message] = /"[Mm]essage":\s*"([^"]+)"/.exec(text) ?? [];
  return message ?? text;
};

await runCommand(main);
