import type { LapseClient } from '../lapse-client.ts';
import { announce } from './chat/announce.ts';
import { askConsent } from './chat/ask-consent.ts';
import { delivery } from './chat/delivery.ts';
import { room } from './chat/room.ts';
import { lostForGood, settled } from './chat/settled.ts';
import { carryOut } from './commands/carry-out.ts';
import { type Command, parseCommand } from './commands/parse-command.ts';
import type { TerminalFiles } from './files/terminal-files.ts';
import { renderConversations } from './rendering/render.ts';
import type { LineSource } from './screen/line-source.ts';
import type { Screen } from './screen/screen.ts';

export type ChatSessionOptions = {
  readonly client: LapseClient;
  readonly lines: LineSource;
  readonly screen: Screen;
  readonly files: TerminalFiles;
  /** Whom to talk with at once. */
  readonly to?: string;
};

/** One sitting at the terminal. Resolves with whether all that was written has reached the server. */
export async function chatSession(options: ChatSessionOptions): Promise<boolean> {
  const { client, lines, screen, files, to } = options;
  const desk = { ...options, room: room(client, screen), delivery: delivery(client, files, screen) };
  announce(client, desk.room, screen);
  client.on('state', ({ name }) => {
    if (name === 'closed') lines.end();
  });

  /** Asks for consent as often as needed; false when there will be no chat. */
  async function ready(): Promise<boolean> {
    for (;;) {
      const state = await settled(client);
      if (state.name === 'online') return true;
      if (state.name === 'closed') return false;
      if (!(await askConsent(client, state.hello, lines, screen))) return false;
    }
  }

  async function obey(command: Command): Promise<void> {
    try {
      // What needs an answer waits for the connection; what is said waits in the outbox.
      if (command.kind !== 'say') {
        if (!(await ready())) return;
        await desk.delivery.settled();
      }
      await carryOut(command, desk);
    } catch (error) {
      desk.delivery.fail(error);
    }
  }

  client.connect();
  if (!(await ready())) return false;
  screen.write(renderConversations(client.conversations(), client.hello()?.userId, screen.style));
  if (to !== undefined) await obey({ kind: 'open', name: to });
  for (;;) {
    if (client.state().name === 'consent-required' && !(await ready())) return false;
    desk.room.prompt(false);
    const line = await lines.next();
    if (line === undefined) break;
    const command = parseCommand(line);
    if (command.kind === 'quit') break;
    if (command.kind === 'nothing') continue;
    // Somebody who writes does not want to wait for the next try.
    client.wake();
    const work = obey(command);
    desk.room.prompt(true);
    await work;
  }
  if (client.state().name !== 'closed') await Promise.race([desk.delivery.settled(), lostForGood(client)]);
  return !desk.delivery.hasFailed() && client.unsent().length === 0;
}
