import { createInterface } from 'node:readline';
import { lapseClient } from '../lapse-client.ts';
import { chatSession } from './chat-session.ts';
import { commandToken } from './command-token.ts';
import { lineSource } from './line-source.ts';
import { localToken } from './local-system.ts';
import { parseArguments, usage } from './parse-arguments.ts';
import { style, wantsColours } from './style.ts';
import { terminalFiles } from './terminal-files.ts';
import { plainScreen, terminalScreen } from './terminal-screen.ts';

const { stdin, stdout, stderr } = process;

async function main(): Promise<number> {
  const given = parseArguments(process.argv.slice(2));
  if (given.kind === 'help') {
    stdout.write(`${usage}\n`);
    return 0;
  }
  if (given.kind === 'mistake') return complain(given.message);
  const { to } = given;
  const url = given.kind === 'deployed' ? given.url : `ws://127.0.0.1:${given.port}/v1`;
  const newToken = async () =>
    given.kind === 'deployed'
      ? commandToken(given.tokenCommand)
      : localToken(given.port, given.userId, fetch);
  const first = await newToken();
  if (!first.ok) return complain(first.message);

  const interactive = stdin.isTTY === true && stdout.isTTY === true;
  const readline = createInterface({ input: stdin, ...(interactive ? { output: stdout } : {}) });
  const lines = lineSource();
  const colours = style(wantsColours(stdout.isTTY === true, process.env['NO_COLOR']));
  const screen = interactive ? terminalScreen(stdout, readline, colours) : plainScreen(stdout, colours);
  readline.on('line', lines.push).on('close', lines.end);

  const client = lapseClient({
    url,
    async token() {
      const answer = await newToken();
      if (!answer.ok) throw new Error(answer.message);
      return answer.token;
    },
  });
  try {
    const complete = await chatSession({
      client,
      lines,
      screen,
      files: terminalFiles(),
      now: Date.now,
      ...(to === undefined ? {} : { to }),
    });
    return complete ? 0 : 1;
  } finally {
    client.close();
    readline.close();
  }
}

function complain(message: string): number {
  stderr.write(`chat: ${message}\n`);
  return 1;
}

process.exitCode = await main();
