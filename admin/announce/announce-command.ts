import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { StartupError } from '../../infra/local/process/startup-error.ts';
import { type Announced, announce } from '../../packages/lapse-server/src/announce.ts';
import type { LapseServer } from '../../packages/lapse-server/src/lapse-server.ts';
import { LapseServerError } from '../../packages/lapse-server/src/lapse-server-error.ts';

export const announceUsage = {
  usage: 'announce --from bot:NAME --text TEXT --to FILE --id ID',
  purpose:
    'writes the same to each of the users in the file, one id a line, in a direct conversation; killed, run it again with the same --id: nobody gets it twice',
};

export const announceOptions = {
  from: { type: 'string' },
  text: { type: 'string' },
  to: { type: 'string' },
  id: { type: 'string' },
} as const;

type Given = { readonly [Option in keyof typeof announceOptions]?: string | undefined };

const how = 'announce --from bot:support --text "We are back" --to users.txt --id back-1';
/** So often, where the progress is not on a terminal that a line can be written over on. */
const toldEach = 1_000;

export async function announceTo(
  server: Pick<LapseServer, 'openConversation' | 'sendMessage'>,
  { from, text, to: file, id }: Given,
  { stderr }: Pick<NodeJS.Process, 'stderr'>,
): Promise<Announced> {
  for (const [name, value] of Object.entries({ from, text, to: file, id }))
    if (value === undefined) throw new StartupError(`--${name} is needed: ${how}`);
  if (from === undefined || text === undefined || file === undefined || id === undefined)
    throw new StartupError(how);
  await access(file).catch(() => {
    throw new StartupError(`${file} cannot be read`);
  });
  const progress = ({ sent, repeated, waiting }: Announced): void => {
    const words = `${sent} sent, ${repeated} before, ${waiting} wait`;
    if (stderr.isTTY) stderr.write(`\r${words}`);
    else if ((sent + repeated + waiting) % toldEach === 0) stderr.write(`${words}\n`);
  };
  const announcement = { from, id, content: { type: 'text', text }, to: usersIn(file) } as const;
  try {
    return await announce(server, announcement, { progress });
  } catch (error) {
    if (!(error instanceof LapseServerError)) throw error;
    throw new StartupError(
      `stopped: ${error.code}: ${error.message}. Run the same command again: nobody gets it twice`,
    );
  } finally {
    if (stderr.isTTY) stderr.write('\n');
  }
}

async function* usersIn(file: string): AsyncGenerator<string> {
  for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
    const userId = line.trim();
    if (userId !== '') yield userId;
  }
}

export function announceText({ sent, repeated, waiting, refused }: Announced): string {
  return [
    `sent to ${sent}`,
    ...(repeated > 0 ? [`  ${repeated} had got it before`] : []),
    ...(waiting > 0 ? [`  ${waiting} have not agreed yet: announce again later, with the same --id`] : []),
    ...Object.entries(refused).map(([code, count]) => `  ${count} refused: ${code}`),
  ].join('\n');
}
