import type { MessageBody } from '../../shared/protocol/server-frames.ts';
import { savedName, withExtension } from '../file-name.ts';
import type { LapseClient } from '../lapse-client.ts';
import { LapseError } from '../lapse-error.ts';
import { fileRefusal, takesMedia } from '../media-refusal.ts';
import { askConsent } from './ask-consent.ts';
import { type Erasable, erasureQuestion, targetOf } from './erasable.ts';
import type { LineSource } from './line-source.ts';
import { type Command, commandHelp, parseCommand } from './parse-command.ts';
import {
  clockTime,
  conversationName,
  renderConversations,
  renderError,
  renderMessage,
  renderState,
} from './render.ts';
import { renderReceipt } from './render-receipt.ts';
import { safeLine } from './safe-text.ts';
import type { Screen } from './screen.ts';
import { FileTrouble, type TerminalFiles } from './terminal-files.ts';

export type ChatSessionOptions = {
  readonly client: LapseClient;
  readonly lines: LineSource;
  readonly screen: Screen;
  readonly files: TerminalFiles;
  readonly now: () => number;
  /** Whom to talk with at once. */
  readonly to?: string;
};

/** One sitting at the terminal. Resolves with whether all that was written has reached the server. */
export async function chatSession({
  client,
  lines,
  screen,
  files,
  now,
  to,
}: ChatSessionOptions): Promise<boolean> {
  const { write, style } = screen;
  let current: string | undefined;
  let complete = true;
  const sending = new Set<Promise<void>>();

  const me = () => client.hello()?.userId;
  const find = (id: string) => client.conversations().find(({ conversationId }) => conversationId === id);
  const name = (id: string) => conversationName(find(id) ?? { conversationId: id, kind: 'group' }, me());
  const view = (message: MessageBody) => ({
    me: me(),
    now: now(),
    ...(message.conversationId === current ? {} : { elsewhere: name(message.conversationId) }),
  });
  function show(message: MessageBody): void {
    write(renderMessage(message, view(message), style));
    if (message.conversationId === current) client.read(current);
  }
  const prompt = () => screen.ask(current === undefined ? '> ' : `${name(current)}> `);

  client.on('message', show);
  client.on('expired', (messages) => {
    write(
      style.dim(messages.length === 1 ? '1 message has expired' : `${messages.length} messages have expired`),
    );
  });
  client.on('erased', (messages) => {
    const conversations = new Set(messages.map(({ conversationId }) => conversationId));
    for (const id of conversations) {
      const seqs = messages.filter((each) => each.conversationId === id).map(({ seq }) => seq);
      write(style.dim(`erased in ${name(id)}: ${seqs.map((seq) => `no. ${seq}`).join(', ')}`));
    }
  });
  client.on('erasure', (receipt) => write(renderReceipt(receipt, style)));
  let away = false;
  client.on('state', (state) => {
    const text = renderState(state, away, client.unsent().length, style);
    // A session that is replaced at once is nobody's business.
    if (state.name === 'reconnecting') away ||= state.delayMs > 0;
    else away = false;
    if (text !== undefined) write(text);
    if (state.name === 'closed') lines.end();
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

  async function enter(conversationId: string): Promise<void> {
    current = conversationId;
    write(style.bold(`— ${name(conversationId)} —`));
    if (client.messages(conversationId).length === 0) await client.loadOlder(conversationId);
    for (const message of client.messages(conversationId).slice(-20)) show(message);
  }

  async function history(conversationId: string): Promise<void> {
    const [first] = client.messages(conversationId);
    const more = await client.loadOlder(conversationId);
    const older = client.messages(conversationId).filter(({ seq }) => first === undefined || seq < first.seq);
    if (older.length === 0) write(style.dim('nothing earlier'));
    for (const message of older) show(message);
    if (more) write(style.dim('/history shows still earlier ones'));
  }

  async function who(conversationId: string): Promise<void> {
    write((await client.members(conversationId)).map(safeLine).join(', '));
  }

  function say(conversationId: string, text: string): void {
    const sent = client.send(conversationId, text).then(
      () => undefined,
      (error: unknown) => {
        complete = false;
        if (error instanceof LapseError) write(`${renderError(error, style)}: ${safeLine(text)}`);
        else throw error;
      },
    );
    sending.add(sent);
    void sent.finally(() => sending.delete(sent));
  }

  async function attach(conversationId: string, path: string): Promise<void> {
    const hello = client.hello();
    if (hello !== undefined && !takesMedia(hello))
      throw new FileTrouble('messages are not stored here, and files only with them: text can be sent');
    const file = await files.read(path);
    const refusal = hello && fileRefusal({ ...file, bytes: file.bytes.length }, hello);
    if (refusal !== undefined) throw new FileTrouble(refusal);
    await client.sendMedia(conversationId, file);
  }

  async function save(conversationId: string, seq: number, path: string | undefined): Promise<void> {
    const message = client.messages(conversationId).find((each) => each.seq === seq);
    if (message === undefined || message.content.type === 'text') {
      throw new FileTrouble(`message ${seq} has nothing to save; /history shows earlier ones`);
    }
    const { name, media } = message.content;
    const { contentType } = media;
    const kept =
      path === undefined ? savedName({ name, seq, contentType }) : withExtension(path, contentType);
    const bytes = await client.download(conversationId, seq).catch((error: unknown) => {
      if (!(error instanceof LapseError && error.code === 'NOT_FOUND')) throw error;
      throw new FileTrouble(`what message ${seq} brought is no longer available`);
    });
    await files.save(bytes, kept);
    write(style.dim(`saved as ${safeLine(kept)}`));
  }

  async function exportAll(): Promise<void> {
    write(style.dim('collecting what is held about you …'));
    const { urls, expiresAt } = await client.exportData();
    const until = clockTime(expiresAt * 1000, now());
    write([`to be fetched until ${until}:`, ...urls.map(safeLine)].join('\n'));
  }

  async function eraseAfterAsking(what: Erasable): Promise<void> {
    const target = targetOf(what, current);
    if (target === undefined) return write(style.warning('of whom? /open NAME goes to a conversation'));
    write(style.warning(erasureQuestion(target)));
    screen.ask('type yes to erase> ');
    if ((await lines.next())?.trim() !== 'yes') return write(style.dim('nothing was erased'));
    const { state } = await client.erase(target);
    write(
      style.dim(
        state === 'accepted'
          ? 'it is being erased; the receipt follows'
          : 'a legal hold keeps some of it: the rest is being erased, and that when the hold is lifted',
      ),
    );
  }

  const open = async (kind: 'direct' | 'group', members: string[], title?: string) => {
    const { conversationId } = await client.open({
      kind,
      members,
      ...(title === undefined ? {} : { title }),
    });
    await enter(conversationId);
  };

  async function run(command: Command): Promise<void> {
    if (command.kind === 'mistake') return write(style.warning(command.message));
    if (command.kind === 'help') return write(commandHelp);
    if (command.kind === 'list') return write(renderConversations(client.conversations(), me(), style));
    if (command.kind === 'open') return open('direct', [command.name]);
    if (command.kind === 'export') return exportAll();
    if (command.kind === 'group') return open('group', command.members, command.title);
    if (command.kind === 'erase') return eraseAfterAsking(command.what);
    if (command.kind === 'pick') {
      const picked = client.conversations()[command.position - 1];
      return picked === undefined
        ? write(style.warning('there is no such number; see /list'))
        : enter(picked.conversationId);
    }
    if (current === undefined) return write(style.warning('with whom? /open NAME begins'));
    if (command.kind === 'say') return say(current, command.text);
    if (command.kind === 'attach') return attach(current, command.path);
    if (command.kind === 'save') return save(current, command.seq, command.path);
    if (command.kind === 'history') return history(current);
    if (command.kind === 'who') return who(current);
  }

  async function obey(command: Command): Promise<void> {
    try {
      // What needs an answer waits for the connection; what is said waits in the outbox.
      if (command.kind !== 'say') {
        if (!(await ready())) return;
        await Promise.all(sending);
      }
      await run(command);
    } catch (error) {
      complete = false;
      if (error instanceof FileTrouble) write(style.warning(safeLine(error.message)));
      else if (error instanceof LapseError) write(renderError(error, style));
      else throw error;
    }
  }

  client.connect();
  if (!(await ready())) return false;
  write(renderConversations(client.conversations(), me(), style));
  if (to !== undefined) await obey({ kind: 'open', name: to });
  for (;;) {
    if (client.state().name === 'consent-required' && !(await ready())) return false;
    prompt();
    const line = await lines.next();
    const command: Command = line === undefined ? { kind: 'quit' } : parseCommand(line);
    if (command.kind === 'quit') break;
    if (command.kind !== 'nothing') await obey(command);
  }
  if (client.state().name !== 'closed') await Promise.race([Promise.all(sending), lostForGood(client)]);
  return complete && client.unsent().length === 0;
}

type Settled = Extract<ReturnType<LapseClient['state']>, { name: 'online' | 'consent-required' | 'closed' }>;

/** Waits until a client is neither connecting nor reconnecting. */
function settled(client: LapseClient): Promise<Settled> {
  const now = client.state();
  if (isSettled(now)) return Promise.resolve(now);
  return new Promise((resolve) => {
    const off = client.on('state', (state) => {
      if (!isSettled(state)) return;
      off();
      resolve(state);
    });
  });
}

/** Resolves when the server has not come back for some tries: what waits then is not going to leave. */
function lostForGood(client: LapseClient): Promise<void> {
  return new Promise((resolve) => {
    client.on('state', (state) => {
      if (state.name === 'closed' || (state.name === 'reconnecting' && state.attempt > 6)) resolve();
    });
  });
}

const isSettled = (state: ReturnType<LapseClient['state']>): state is Settled =>
  state.name === 'online' || state.name === 'consent-required' || state.name === 'closed';
