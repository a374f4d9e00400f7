import { parseArgs } from 'node:util';
import { userIdOf } from '../words/person-name.ts';

export type ChatArguments =
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly message: string }
  | { readonly kind: 'chat'; readonly userId: string; readonly port: number; readonly to?: string }
  | {
      readonly kind: 'deployed';
      readonly url: string;
      readonly tokenCommand: string;
      readonly to?: string;
    };

export const usage = `npm run chat -- NAME [--port 8787] [--to NAME]

Chats as NAME with the local system that "npm start" runs.

  --port 8787   the port of that local system
  --to NAME     opens the conversation with NAME at once
  --help        this text

npm run chat -- --url wss://… --token-command 'COMMAND' [--to ID]

Chats with a deployed system, as whom the token that COMMAND prints says.

Lines may also come from a pipe:  echo hello | npm run -s chat -- alice --to bob`;

const options = {
  port: { type: 'string' },
  to: { type: 'string' },
  url: { type: 'string' },
  'token-command': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const mistake = (message: string): ChatArguments => ({ kind: 'mistake', message });

export function parseArguments(words: readonly string[]): ChatArguments {
  const given = readWords(words);
  if ('message' in given) return mistake(given.message);
  const { values, positionals: names } = given;
  if (values.help === true) return { kind: 'help' };
  const empty = Object.entries(values).find(([, value]) => value === '');
  if (empty !== undefined) return mistake(`--${empty[0]} needs a value`);
  const { port: wantedPort = '8787', to, url, 'token-command': tokenCommand } = values;
  if (url !== undefined || tokenCommand !== undefined) return deployed(names, values);
  const [userId] = names;
  if (userId === undefined) return mistake('say who you are: npm run chat -- alice');
  if (names.length > 1)
    return mistake(`one name, not ${names.length}: npm run chat -- ${userId} --to ${names[1]}`);
  const port = Number(wantedPort);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return mistake('--port is a number from 1 to 65535');
  const wrong = [userId, to ?? userId].find((name) => userIdOf(name) === undefined);
  if (wrong !== undefined) return mistake(`“${wrong}” cannot be a name: one word without #`);
  return { kind: 'chat', userId: userIdOf(userId) ?? userId, port, ...toWhom(to) };
}

type Values = { readonly [Name in Exclude<keyof typeof options, 'help'>]?: string };

/** With texts of ours: those of Node.js tell whoever wrote the program what to do. */
function readWords(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const flag = /--?[^\s=<>',]+/u.exec(message)?.[0] ?? 'an option';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
      return { message: `${flag} is not known: ${named.join(', ')} and --help are` };
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
      return { message: message.includes('--help') ? '--help takes no value' : `${flag} needs a value` };
    throw error;
  }
}

const named = ['--port', '--to', '--url', '--token-command'];

function deployed(
  names: readonly string[],
  { url, 'token-command': tokenCommand, port, to }: Values,
): ChatArguments {
  if (url === undefined || tokenCommand === undefined)
    return mistake('--url and --token-command go together');
  if (names.length > 0) return mistake('with --url the token says who you are: leave the name out');
  if (port !== undefined) return mistake('either --port, for a local system, or --url');
  if (!isAddress(url)) return mistake('--url is a wss:// address, such as the output WebSocketUrl');
  return { kind: 'deployed', url, tokenCommand, ...toWhom(to) };
}

/** What is no name may still be an id of the deployed system's own kind, which says so if it is none. */
function toWhom(to: string | undefined): { readonly to?: string } {
  return to === undefined ? {} : { to: userIdOf(to) ?? to };
}

/** Nothing that carries a token leaves this machine in the clear. */
function isAddress(url: string): boolean {
  return /^wss:\/\/./u.test(url) || /^ws:\/\/(127\.0\.0\.1|localhost)[:/]/u.test(url);
}
