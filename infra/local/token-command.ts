import { askLocalSystem } from './command/ask-local-system.ts';
import { defaultPort, parseCommandLine, parsePort, runCommand } from './command/command-line.ts';
import { StartupError } from './process/startup-error.ts';

const help = `npm run -s token -- USER [OPTIONS]   prints a token that the running local system accepts

  --minutes N   how long it is valid (60); a negative number makes one that has expired
  --nickname X  a name in the token: what others see where profiles are not stored
  --picture URL likewise
  --algorithm A how it is signed: RS256 (so without this) or ES256
  --port N      which local system (${defaultPort})
  --help        shows this
`;

const options = {
  minutes: { type: 'string', default: '60' },
  nickname: { type: 'string' },
  picture: { type: 'string' },
  algorithm: { type: 'string', default: 'RS256' },
  port: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** `--minutes -5` would read as another option: `--minutes=-5` does not. */
const joinNegative = (args: readonly string[]): string[] =>
  args.flatMap((arg, index) => {
    if (arg === '--minutes' && /^-\d/.test(args[index + 1] ?? '')) return [`${arg}=${args[index + 1]}`];
    return args[index - 1] === '--minutes' && /^-\d/.test(arg) ? [] : [arg];
  });

async function main(): Promise<number> {
  const { values, positionals } = parseCommandLine({
    args: joinNegative(process.argv.slice(2)),
    options,
    strict: true,
    allowPositionals: true,
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const [sub, ...others] = positionals;
  if (sub === undefined || others.length > 0)
    throw new StartupError('name one user: npm run -s token -- alice');
  const port = parsePort(values.port);
  const query = new URLSearchParams({
    sub,
    minutes: values.minutes,
    algorithm: values.algorithm,
    ...(values.nickname !== undefined && { nickname: values.nickname }),
    ...(values.picture !== undefined && { picture: values.picture }),
  });
  const response = await askLocalSystem(`http://127.0.0.1:${port}/local/token?${query}`, port);
  const text = await response.text();
  if (!response.ok) throw new StartupError(text);
  process.stdout.write(`${text}\n`);
  return 0;
}

await runCommand(main);
