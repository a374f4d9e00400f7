import type { LapseClient } from '../lapse-client.ts';
import { announceEvents } from './chat/announce-events.ts';
import { askConsent } from './chat/ask-consent.ts';
import { conversationView } from './chat/conversation-view.ts';
import { delivery } from './chat/delivery.ts';
import { isOver, lostForGood, settled } from './chat/settled.ts';
import { type Command, parseCommand } from './commands/parse-command.ts';
import { runCommand } from './commands/run-command.ts';
import type { TerminalFiles } from './files/terminal-files.ts';
import { listView, renderConversations } from './rendering/render-conversations.ts';
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
  const context = {
    ...options,
    conversation: conversationView(client, screen),
    delivery: delivery(client, files, screen),
  };
  announceEvents(client, context.conversation, screen);
  client.on('state', (state) => {
    if (isOver(state)) lines.end();
  });

  /** Asks for consent as often as needed; false when there will be no chat. */
  async function ready(): Promise<boolean> {
    for (;;) {
      const state = await settled(client);
      if (state.name === 'online') return true;
      if (state.name === 'closed' || state.name === 'refused') return false;
      if (!(await askConsent(client, state.hello, lines, screen))) return false;
    }
  }

  async function run(command: Command): Promise<void> {
    try {
      // What needs an answer waits for the connection; what is said waits in the outbox.
      if (command.kind !== 'say') {
        if (!(await ready())) return;
        await context.delivery.settled();
      }
      await runCommand(command, context);
    } catch (error) {
      context.delivery.fail(error);
    }
  }

  client.connect();
  if (!(await ready())) return false;
  // Who has said with whom to talk need not be told how to begin.
  if (to === undefined || client.conversations().length > 0)
    screen.write(renderConversations(client.conversations(), listView(client), screen.style));
  if (to !== undefined) await run({ kind: 'open', userId: to });
  for (;;) {
    if (client.state().name === 'consent-required' && !(await ready())) return false;
    context.conversation.prompt(false);
    const line = await lines.next();
    if (line === undefined) break;
    const command = parseCommand(line);
    if (command.kind === 'quit') break;
    if (command.kind === 'nothing') continue;
    // Somebody who writes does not want to wait for the next try.
    client.wake();
    const work = run(command);
    context.conversation.prompt(true);
    await work;
  }
  if (!isOver(client.state())) await Promise.race([context.delivery.settled(), lostForGood(client)]);
  return !context.delivery.hasFailed() && client.unsent().length === 0;
}
