import { userInfo } from 'node:os';
import { parseCommandLine, parsePort, runCommand } from '../infra/local/command/command-line.ts';
import { StartupError } from '../infra/local/process/startup-error.ts';
import { lapseServer } from '../packages/lapse-server/src/lapse-server.ts';
import { announceOptions, announceText, announceTo, announceUsage } from './announce/announce-command.ts';
import { asking, lambdaOf } from './ask.ts';
import { commands } from './commands.ts';
import { dataMapOptions, dataMapUsage } from './data-map-usage.ts';
import { followed } from './follow.ts';
import { help, helpOf } from './help.ts';
import { importFile, importText, importUsage } from './import/import-command.ts';
import { invokeLocal } from './invoke-local.ts';

const common = {
  port: { type: 'string' },
  stack: { type: 'string' },
  operator: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  if (words.includes('data-map')) return dataMapCommand(words);
  // Options may stand before the command, as `npm run admin -- --port 9000 purge status`.
  const at = words.findIndex((word, index) => commands[`${word} ${words[index + 1]}`] !== undefined);
  const command = commands[words.slice(Math.max(at, 0), at + 2).join(' ')];
  if (command === undefined && words.includes('import')) return importCommand(words);
  if (command === undefined && words.includes('announce')) return announceCommand(words);
  if (command === undefined) return unknown(words);
  const { values, positionals } = parseCommandLine({
    args: words.toSpliced(at, 2),
    options: { ...common, ...command.options },
    strict: true,
    allowPositionals: true,
  });
  if (values.help === true) return say(helpOf(command));
  const given = { ids: positionals, options: values };
  const operator = text(values.operator) ?? userInfo().username;
  const ask = asking(await invoker(text(values.stack), text(values.port)), operator);
  const first = await ask(command.functionName, command.input(given));
  const follow = command.follow?.(first, given);
  const result = follow === undefined ? first : await followed(follow, command.text(first), ask, process);
  return say(values.json === true ? `${JSON.stringify(result, null, 2)}\n` : `${command.text(result)}\n`);
}

/** Of templates: it asks CloudFormation or the CDK app, and no function. */
async function dataMapCommand(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseCommandLine({
    args: [...words],
    options: { ...common, ...dataMapOptions },
    strict: true,
    allowPositionals: true,
  });
  if (values.help === true) return say(helpOf(dataMapUsage));
  if (positionals.length > 1) throw new StartupError('data-map takes no id');
  const { check = false, json = false, stack, config } = values;
  // Here: a synthesis and an SDK take longer to load than the other commands take in all.
  const { showDataMap } = await import('./data-map.ts');
  const { text: shown, wellKept } = await showDataMap({ check, json, stack, config });
  say(`${shown}\n`);
  return wellKept ? 0 : 1;
}

/** Of a file that may be larger than what fits anywhere at once. */
async function importCommand(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseCommandLine({
    args: [...words],
    options: common,
    strict: true,
    allowPositionals: true,
  });
  if (values.help === true) return say(helpOf(importUsage));
  const [, file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new StartupError('name one file: import FILE.jsonl');
  const operator = values.operator ?? userInfo().username;
  const lambda = lambdaOf(await invoker(values.stack, values.port));
  const report = await importFile(lapseServer({ lambda, operator }), file, process);
  return say(`${values.json === true ? JSON.stringify(report, null, 2) : importText(report)}\n`);
}

/** To as many as there are. */
async function announceCommand(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseCommandLine({
    args: [...words],
    options: { ...common, ...announceOptions },
    strict: true,
    allowPositionals: true,
  });
  if (values.help === true) return say(helpOf(announceUsage));
  if (positionals.length > 1) throw new StartupError('announce takes no id: --to names a file of them');
  const operator = values.operator ?? userInfo().username;
  const lambda = lambdaOf(await invoker(values.stack, values.port));
  const announced = await announceTo(lapseServer({ lambda, operator }), values, process);
  return say(`${values.json === true ? JSON.stringify(announced, null, 2) : announceText(announced)}\n`);
}

async function invoker(stack: string | undefined, port: string | undefined) {
  if (stack === undefined) return invokeLocal(parsePort(port));
  if (port !== undefined) throw new StartupError('either --port, for a local system, or --stack');
  const { invokeDeployed } = await import('./invoke-deployed.ts');
  return invokeDeployed(stack, process.env);
}

function text(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function say(words: string): number {
  process.stdout.write(words);
  return 0;
}

function unknown(words: readonly string[]): number {
  const valued = ['--port', '--stack', '--operator'];
  const names = words.filter((word, at) => !word.startsWith('-') && !valued.includes(words[at - 1] ?? ''));
  if (words.includes('--help') || words.length === 0) return say(help);
  throw new StartupError(`no command "${names.slice(0, 2).join(' ')}"; --help shows what there is`);
}

await runCommand(main);
