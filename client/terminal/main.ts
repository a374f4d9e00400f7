import { lapseClient } from '../lapse-client.ts';
import { chatSession } from './chat-session.ts';
import { terminalFiles } from './files/terminal-files.ts';
import { parseArguments, usage } from './parse-arguments.ts';
import { standardTerminal } from './screen/standard-terminal.ts';
import { commandToken } from './token/command-token.ts';
import { localToken } from './token/local-system.ts';

const { stdout, stderr } = process;

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

  const { lines, screen, leave } = standardTerminal(process);
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
      ...(to === undefined ? {} : { to }),
    });
    return complete ? 0 : 1;
  } finally {
    client.close();
    leave();
  }
}

function complain(message: string): number {
  stderr.write(`chat: ${message}\n`);
  return 1;
}

process.exitCode = await main();
