import { userInfo } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { parseCommandLine, parsePort, runCommand } from '../infra/local/command-line.ts';
import { StartupError } from '../infra/local/startup-error.ts';
import type { Follow } from './command.ts';
import { commands } from './commands.ts';
import { dataMapOptions, showDataMap } from './data-map.ts';
import { help } from './help.ts';
import { invokeDeployed } from './invoke-deployed.ts';
import { invokeLocal } from './invoke-local.ts';

const common = {
  port: { type: 'string' },
  stack: { type: 'string' },
  operator: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const reply = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string(), message: z.string() }) }),
]);

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  if (words.includes('data-map')) return dataMapCommand(words);
  // Options may stand before the command, as `npm run admin -- --port 9000 purge status`.
  const at = words.findIndex((word, index) => commands[`${word} ${words[index + 1]}`] !== undefined);
  const command = commands[words.slice(Math.max(at, 0), at + 2).join(' ')];
  if (command === undefined) return unknown(words);
  const { values, positionals } = parseCommandLine({
    args: words.toSpliced(at, 2),
    options: { ...common, ...command.options },
    strict: true,
    allowPositionals: true,
  });
  if (values.help === true) return say(help);
  const given = { ids: positionals, options: values };
  const operator = text(values.operator) ?? userInfo().username;
  const invoke = invoker(text(values.stack), text(values.port));
  const ask = async (functionName: string, input: object) =>
    resultOf(await invoke(functionName, JSON.stringify({ operator, input })), functionName);
  const first = await ask(command.functionName, command.input(given));
  const follow = command.follow?.(first, given);
  const result = follow === undefined ? first : await followed(follow, command.text(first), ask);
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
  if (values.help === true) return say(help);
  if (positionals.length > 1) throw new StartupError('data-map takes no id');
  const { check = false, json = false, stack, config } = values;
  const { text: shown, wellKept } = await showDataMap({ check, json, stack, config });
  say(`${shown}\n`);
  return wellKept ? 0 : 1;
}

function invoker(stack: string | undefined, port: string | undefined) {
  if (stack === undefined) return invokeLocal(parsePort(port));
  if (port !== undefined) throw new StartupError('either --port, for a local system, or --stack');
  return invokeDeployed(stack, process.env);
}

type Ask = (functionName: string, input: object) => Promise<unknown>;

const followMillis = 1_000;

/** How it goes is said on the error output, so that the answer alone is on the other. */
async function followed({ functionName, input, end }: Follow, begun: string, ask: Ask): Promise<unknown> {
  const { stderr } = process;
  stderr.write(`${begun} …`);
  for (;;) {
    const result = end(await ask(functionName, input));
    if (result !== undefined) {
      stderr.write('\n');
      return result;
    }
    if (stderr.isTTY) stderr.write('.');
    await setTimeout(followMillis);
  }
}

async function resultOf(response: Response, functionName: string): Promise<unknown> {
  const body = await response.text();
  if (response.status === 404) {
    throw new StartupError(
      `no function ${functionName} there: not deployed, another stack, or messages are not stored`,
    );
  }
  if (!response.ok) throw new StartupError(`refused with ${response.status}: ${body.slice(0, 300)}`);
  if (response.headers.has('x-amz-function-error')) {
    throw new StartupError(`${functionName} failed: look into its log`);
  }
  const answer = reply.parse(JSON.parse(body));
  if (answer.ok) return answer.result;
  throw new StartupError(`${answer.error.code}: ${answer.error.message}`);
}

function text(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function say(words: string): number {
  process.stdout.write(words);
  return 0;
}

function unknown(words: readonly string[]): number {
  const names = words.filter((word) => !word.startsWith('-'));
  if (words.includes('--help') || words.length === 0) return say(help);
  throw new StartupError(`no command "${names.slice(0, 2).join(' ')}"; --help shows what there is`);
}

await runCommand(main);
