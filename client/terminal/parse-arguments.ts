export type ChatArguments =
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly message: string }
  | { readonly kind: 'chat'; readonly userId: string; readonly port: number; readonly to?: string };

export const usage = `npm run chat -- NAME [--port 8787] [--to NAME]

Chats as NAME with the local system that "npm start" runs.

  --port 8787   the port of that local system
  --to NAME     opens the conversation with NAME at once
  --help        this text

Lines may also come from a pipe:  echo hello | npm run -s chat -- alice --to bob`;

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
    if (flag !== '--port' && flag !== '--to') {
      return mistake(`${flag} is not known: --port, --to and --help are`);
    }
    const value = inline ?? rest.shift();
    if (value === undefined || value === '') return mistake(`${flag} needs a value`);
    flags.set(flag, value);
  }
  const [userId] = names;
  if (userId === undefined) return mistake('say who you are: npm run chat -- alice');
  if (names.length > 1)
    return mistake(`one name, not ${names.length}: npm run chat -- ${userId} --to ${names[1]}`);
  const port = Number(flags.get('--port') ?? 8787);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return mistake('--port is a number from 1 to 65535');
  const to = flags.get('--to');
  return { kind: 'chat', userId, port, ...(to === undefined ? {} : { to }) };
}
