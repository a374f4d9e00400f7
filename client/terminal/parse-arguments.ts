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

const known = ['--port', '--to', '--url', '--token-command'];

const mistake = (message: string): ChatArguments => ({ kind: 'mistake', message });

export function parseArguments(words: readonly string[]): ChatArguments {
  if (words.includes('--help') || words.includes('-h')) return { kind: 'help' };
  const names: string[] = [];
  const flags = new Map<string, string>();
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [flag = '', inline] = word.split(/=(.*)/su);
    if (!word.startsWith('--')) {
      names.push(word);
      continue;
    }
    if (!known.includes(flag)) return mistake(`${flag} is not known: ${known.join(', ')} and --help are`);
    const value = inline ?? rest.shift();
    if (value === undefined || value === '') return mistake(`${flag} needs a value`);
    flags.set(flag, value);
  }
  if (flags.has('--url') || flags.has('--token-command')) return deployed(names, flags);
  const [userId] = names;
  if (userId === undefined) return mistake('say who you are: npm run chat -- alice');
  if (names.length > 1)
    return mistake(`one name, not ${names.length}: npm run chat -- ${userId} --to ${names[1]}`);
  const port = Number(flags.get('--port') ?? 8787);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return mistake('--port is a number from 1 to 65535');
  const wrong = [userId, flags.get('--to') ?? userId].find((name) => userIdOf(name) === undefined);
  if (wrong !== undefined) return mistake(`“${wrong}” cannot be a name: one word without #`);
  return { kind: 'chat', userId: userIdOf(userId) ?? userId, port, ...toWhom(flags) };
}

function deployed(names: readonly string[], flags: ReadonlyMap<string, string>): ChatArguments {
  const url = flags.get('--url');
  const tokenCommand = flags.get('--token-command');
  if (url === undefined || tokenCommand === undefined)
    return mistake('--url and --token-command go together');
  if (names.length > 0) return mistake('with --url the token says who you are: leave the name out');
  if (flags.has('--port')) return mistake('either --port, for a local system, or --url');
  if (!isAddress(url)) return mistake('--url is a wss:// address, such as the output WebSocketUrl');
  return { kind: 'deployed', url, tokenCommand, ...toWhom(flags) };
}

/** What is no name may still be an id of the deployed system's own kind, which says so if it is none. */
function toWhom(flags: ReadonlyMap<string, string>): { readonly to?: string } {
  const to = flags.get('--to');
  return to === undefined ? {} : { to: userIdOf(to) ?? to };
}

/** Nothing that carries a token leaves this machine in the clear. */
function isAddress(url: string): boolean {
  return /^wss:\/\/./u.test(url) || /^ws:\/\/(127\.0\.0\.1|localhost)[:/]/u.test(url);
}
