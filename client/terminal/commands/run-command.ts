import { saveMedia } from '../files/save-media.ts';
import { clockTime } from '../rendering/render.ts';
import { listView, renderConversations } from '../rendering/render-conversations.ts';
import { safeLine } from '../rendering/safe-text.ts';
import type { CommandContext } from './command-context.ts';
import { type Erasable, erasureQuestion, targetOf } from './erasable.ts';
import { type Command, commandHelp } from './parse-command.ts';
import { isPeople, runPeople } from './run-people.ts';

/** Does what a command says. */
export async function runCommand(command: Command, context: CommandContext): Promise<void> {
  const { client, files, conversation, delivery } = context;
  const { write, style } = context.screen;
  if (command.kind === 'mistake') return write(style.warning(command.message));
  if (command.kind === 'help') return write(commandHelp);
  if (command.kind === 'list')
    return write(renderConversations(client.conversations(), listView(client), style));
  if (command.kind === 'open') return conversation.open({ kind: 'direct', members: [command.userId] });
  if (command.kind === 'group') {
    const { title, members } = command;
    return conversation.open({ kind: 'group', title, members });
  }
  if (command.kind === 'export') return exportAll(context);
  if (command.kind === 'withdraw') return withdraw(context);
  if (command.kind === 'erase') return erase(command.what, context);
  if (command.kind === 'pick') {
    const picked = client.conversations()[command.position - 1];
    if (picked === undefined) return write(style.warning('there is no such number; see /list'));
    return conversation.enter(picked.conversationId);
  }
  if (isPeople(command)) return runPeople(command, context);
  const conversationId = conversation.current();
  if (conversationId === undefined) return write(style.warning('with whom? /open NAME begins'));
  if (command.kind === 'say') {
    const { text, replyTo } = command;
    if (replyTo !== 0) return delivery.say(conversationId, text, replyTo);
    const me = client.hello()?.userId;
    const said = client
      .messages(conversationId)
      .findLast(({ from, content }) => from !== me && content.type !== 'event');
    if (said === undefined)
      return write(style.warning('nobody else has said anything here that you can answer'));
    return delivery.say(conversationId, text, said.seq);
  }
  if (command.kind === 'attach') return delivery.attach(conversationId, command.path);
  if (command.kind === 'retry') return delivery.retry(conversationId);
  if (command.kind === 'history') return conversation.loadOlder(conversationId);
  if (command.kind === 'search') return conversation.search(conversationId, command.text);
  if (command.kind === 'who') return conversation.listMembers(conversationId);
  if (command.kind === 'edit') {
    await client.edit(conversationId, command.seq, command.text);
    return;
  }
  if (command.kind === 'forward') return forward(context, conversationId, command);
  if (command.kind === 'recall') {
    await client.recall(conversationId, command.seq);
    return;
  }
  if (command.kind === 'save') {
    const { seq, path } = command;
    const kept = await saveMedia(client, files, { conversationId, seq, path });
    write(style.dim(`saved as ${safeLine(kept)}`));
  }
}

type Forward = Extract<Command, { kind: 'forward' }>;

async function forward(
  { client, screen: { write, style } }: CommandContext,
  from: string,
  { seq, to }: Forward,
): Promise<void> {
  const conversationId =
    typeof to === 'number'
      ? client.conversations()[to - 1]?.conversationId
      : (await client.open({ kind: 'direct', members: [to] })).conversationId;
  if (conversationId === undefined) return write(style.warning('there is no such number; see /list'));
  await client.forward({ conversationId: from, seq }, conversationId);
  write(style.dim('forwarded'));
}

async function exportAll({ client, screen: { write, style } }: CommandContext): Promise<void> {
  write(style.dim('collecting what is held about you …'));
  const { urls, expiresAt } = await client.exportData();
  const until = clockTime(expiresAt * 1000, client.now());
  write([`to be fetched until ${until}:`, ...urls.map(safeLine)].join('\n'));
}

async function confirmed({ lines, screen }: CommandContext, warning: string, verb: string): Promise<boolean> {
  screen.write(screen.style.warning(warning));
  screen.ask(`Type yes to ${verb}: `);
  return (await lines.next())?.trim() === 'yes';
}

async function withdraw(context: CommandContext): Promise<void> {
  const warning =
    'You can then neither send nor receive, on no device, until you agree again. What you have sent ends when its time is over.';
  if (await confirmed(context, warning, 'withdraw')) await context.client.withdrawConsent();
  else context.screen.write(context.screen.style.dim('your agreement stands'));
}

async function erase(what: Erasable, context: CommandContext): Promise<void> {
  const { write, style } = context.screen;
  const target = targetOf(what, context.conversation.current());
  if (target === undefined) return write(style.warning('of whom? /open NAME goes to a conversation'));
  if (!(await confirmed(context, erasureQuestion(target), 'erase')))
    return write(style.dim('nothing was erased'));
  const { state } = await context.client.erase(target);
  const said =
    state === 'accepted'
      ? 'it is being erased; the receipt follows'
      : 'a legal hold keeps some of it: the rest is being erased, and that when the hold is lifted';
  write(style.dim(said));
}
