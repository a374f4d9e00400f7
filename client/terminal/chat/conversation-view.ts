import type { MessageBody } from '../../../shared/protocol/messages/table.ts';
import { findMessages } from '../../conversations/find-messages.ts';
import type { LapseClient } from '../../lapse-client.ts';
import type { Fields } from '../../wire/actions.ts';
import { personName } from '../../words/person-name.ts';
import { presenceWords } from '../../words/presence-words.ts';
import { conversationName, renderMessage } from '../rendering/render.ts';
import { safeLine } from '../rendering/safe-text.ts';
import type { Screen } from '../screen/screen.ts';

/** The conversation that lies open, and how messages of it and of the others are shown. */
export type ConversationView = {
  current(): string | undefined;
  name(conversationId: string): string;
  prompt(busy: boolean): void;
  show(message: MessageBody): void;
  open(fields: Fields<'open'>): Promise<void>;
  enter(conversationId: string): Promise<void>;
  /** Into a room, by its id. */
  watch(conversationId: string): Promise<void>;
  /** What lay open is no longer one's own. */
  leave(): void;
  loadOlder(conversationId: string): Promise<void>;
  /** What the words stand in, the newest last, as it is read on a terminal. */
  search(conversationId: string, words: string): Promise<void>;
  /** What is pinned, the newest pin last, as it is read on a terminal. */
  listPins(conversationId: string): Promise<void>;
  listMembers(conversationId: string): Promise<void>;
};

/** How many messages are shown of a conversation that is opened. */
const shownAtOnce = 20;

export function conversationView(client: LapseClient, { write, prompt, style }: Screen): ConversationView {
  let current: string | undefined;
  const me = () => client.hello()?.userId;
  const find = (id: string) => client.conversations().find(({ conversationId }) => conversationId === id);
  const name = (id: string): string => {
    const found = find(id);
    return found === undefined ? 'a chat' : conversationName(found, me());
  };

  function show(message: MessageBody): void {
    const { conversationId, from } = message;
    // A chat that somebody has just begun is not listed yet.
    const elsewhere = find(conversationId) === undefined ? personName(from) : name(conversationId);
    const where = conversationId === current ? {} : { elsewhere };
    if (conversationId !== current && (find(conversationId)?.muted ?? 0) > client.now()) return;
    if (client.blocked().has(from)) {
      if (conversationId === current)
        write(style.dim(`(${safeLine(personName(from))}, whom you block, has written something)`));
      return;
    }
    write(rendered(message, where));
    if (conversationId === current) client.read(conversationId);
  }

  /** What a message is not made of is said to be there, and the others are shown. */
  function rendered(message: MessageBody, elsewhere: { readonly elsewhere?: string }): string {
    try {
      return renderMessage(message, { me: me(), now: client.now(), ...elsewhere }, style);
    } catch {
      return style.warning(`message ${message.seq} cannot be shown`);
    }
  }

  /** Says whether the other one of a direct conversation is there, now and when they come or go. */
  function lookAtOther(conversationId: string): void {
    const { kind, members = [] } = find(conversationId) ?? {};
    const other = kind === 'direct' ? members.find(({ userId }) => userId !== me()) : undefined;
    client.watchPresence(other === undefined ? [] : [other.userId]);
  }
  let lastSaid = '';
  client.on('presence', (presence) => {
    const words = presenceWords(presence, client.now());
    const line = words === undefined ? '' : `${safeLine(personName(presence.userId))}: ${words}`;
    if (line !== '' && line !== lastSaid) write(style.dim(line));
    lastSaid = line;
  });

  async function enter(conversationId: string): Promise<void> {
    current = conversationId;
    write(style.bold(`— ${name(conversationId)} —`));
    lookAtOther(conversationId);
    if (client.messages(conversationId).length === 0) await client.loadOlder(conversationId);
    for (const message of client.messages(conversationId).slice(-shownAtOnce)) show(message);
  }

  return {
    current: () => current,
    name,
    prompt: (busy) => prompt(current === undefined ? '' : name(current), busy),
    show,
    enter,
    async open(fields) {
      const { conversationId, kind, waiting = [] } = await client.open(fields);
      if (kind === 'room') {
        await client.watch(conversationId);
        write(style.dim(`others come into this room by: /watch ${conversationId}`));
      }
      await enter(conversationId);
      if (waiting.length > 0) write(style.dim(`waits for ${waiting.map(personName).join(', ')}`));
    },
    async watch(conversationId) {
      await client.watch(conversationId);
      write(style.dim(`about ${client.live(conversationId) ?? 1} are in this room`));
      await enter(conversationId);
    },
    leave() {
      current = undefined;
    },
    async loadOlder(conversationId) {
      const [first] = client.messages(conversationId);
      const more = await client.loadOlder(conversationId);
      const older = client
        .messages(conversationId)
        .filter(({ seq }) => first === undefined || seq < first.seq);
      if (older.length === 0) write(style.dim('nothing earlier'));
      for (const message of older) show(message);
      if (more) write(style.dim('/history shows still earlier ones'));
    },
    async search(conversationId, words) {
      const { messages, next } = await findMessages(client, conversationId, words);
      for (const message of messages.toReversed())
        if (!client.blocked().has(message.from)) write(rendered(message, {}));
      if (messages.length === 0) write(style.dim('nothing found'));
      else if (next !== undefined) write(style.dim('there may be more before these'));
    },
    async listPins(conversationId) {
      const shown = (await client.pinned(conversationId)).filter(({ from }) => !client.blocked().has(from));
      for (const message of shown.toReversed()) write(rendered(message, {}));
      if (shown.length === 0) write(style.dim('nothing is pinned here'));
    },
    async listMembers(conversationId) {
      const words: string[] = [];
      for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
        const { members, roles, next } = await client.roster(conversationId, cursor);
        for (const userId of members) {
          const role = roles[userId];
          words.push(`${safeLine(personName(userId))}${role === undefined ? '' : ` (${role})`}`);
        }
        cursor = next;
      }
      write(words.join(', '));
    },
  };
}
