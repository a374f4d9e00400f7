import type { Content } from '../shared/protocol/messages/frames.ts';
import type { SendResult } from '../shared/protocol/messages/table.ts';
import type { ClientCore } from './client-core.ts';
import { afterEdit, editedContent } from './conversations/edited-content.ts';
import type { Outgoing } from './conversations/outbox.ts';
import { typingNotices } from './conversations/typing-notices.ts';
import type { LapseClient, SendOptions } from './lapse-client-type.ts';
import { clientMedia } from './media/client-media.ts';
import { mediaFile } from './media/media-file.ts';
import type { ClientSettings } from './options/with-defaults.ts';
import { frameOf } from './wire/client-frame.ts';
import { LapseError } from './wire/lapse-error.ts';

/** What a client for text and media can do; the whole one can do this and more. */
export type BasicClient = Pick<
  LapseClient,
  | 'connect'
  | 'close'
  | 'wake'
  | 'now'
  | 'state'
  | 'hello'
  | 'on'
  | 'send'
  | 'edit'
  | 'recall'
  | 'sendMedia'
  | 'download'
  | 'unsent'
  | 'open'
  | 'consent'
  | 'withdrawConsent'
  | 'erase'
  | 'conversations'
  | 'members'
  | 'changeMembers'
  | 'messages'
  | 'loadOlder'
  | 'read'
  | 'typing'
  | 'block'
  | 'blocked'
  | 'cursors'
  | 'request'
>;

/** What every client can do. */
export function basicMethods(core: ClientCore, options: ClientSettings): BasicClient {
  const { conversations, events, connection, inbox, outbox, hello } = core;
  const media = clientMedia(core, options);
  const typing = typingNotices(options.clock.now, (conversationId) =>
    conversations.summary(conversationId)?.kind === 'room'
      ? Promise.resolve()
      : connection.request('typing', { conversationId }),
  );

  async function send(
    conversationId: string,
    content: Content | string,
    { id = options.newId(), replyTo, mentions, mentionsAll }: SendOptions = {},
  ): Promise<SendResult> {
    const message: Outgoing = {
      id,
      conversationId,
      content: typeof content === 'string' ? { type: 'text', text: content } : content,
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(mentions === undefined ? {} : { mentions }),
      ...(mentionsAll === undefined ? {} : { mentionsAll }),
    };
    // Said at once, and not when there is a connection again.
    frameOf({ action: 'send', ...message });
    return outbox.add(message);
  }

  return {
    connect: () => connection.start(),
    close() {
      connection.stop();
      outbox.rejectAll(new LapseError('CLOSED', 'the client was closed', false));
      core.forget();
      media.forget();
    },
    wake: () => connection.wake(),
    now: core.time.now,
    state: () => connection.state(),
    hello,
    on: events.on,
    send,
    sendMedia: async (conversationId, given, sending = {}) =>
      media.send(conversationId, await mediaFile(given), sending, (content) =>
        send(conversationId, content, sending),
      ),
    download: media.download,
    unsent: () => outbox.unsent(),
    async open(fields, id) {
      const result = await core.request('open', fields, id);
      // Whoever makes a group owns it.
      conversations.addOpened(result, fields.title, fields.kind === 'direct' ? 'member' : 'owner');
      events.emit('conversations', conversations.summaries());
      return result;
    },
    async consent(grant) {
      const result = await core.request('consent', { decision: 'grant', ...grant });
      connection.renew();
      return result;
    },
    withdrawConsent: () => core.request('consent', { decision: 'withdraw' }),
    erase: (target) => core.request('erase', target),
    conversations: () => conversations.summaries(),
    async members(conversationId) {
      const all: string[] = [];
      for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
        const page = await core.request('members', {
          conversationId,
          ...(cursor !== undefined && { cursor }),
        });
        all.push(...page.members);
        cursor = page.next;
      }
      return all;
    },
    async changeMembers(conversationId, change) {
      const result = await core.request('members', { conversationId, ...change });
      if (change.leave !== true && change.close !== true) return result;
      conversations.remove(conversationId);
      events.emit('conversations', conversations.summaries());
      return result;
    },
    messages: (conversationId) => conversations.find(conversationId)?.list() ?? [],
    loadOlder: inbox.loadOlder,
    read: core.readReceipts.markSeen,
    typing,
    block: core.blocks.change,
    blocked: core.blocks.all,
    async edit(conversationId, seq, wanted, id) {
      const known = conversations.find(conversationId)?.find(seq)?.content;
      const asked = editedContent(known, wanted);
      const result = await core.request('edit', { conversationId, seq, content: asked }, id);
      const { rev, editedAt } = result;
      // What the operator's review made of it, if anything.
      const content = result.content ?? afterEdit(known, asked);
      if (content === undefined) core.changes.noted(conversationId, rev);
      else core.changes.receive({ type: 'edited', conversationId, seq, rev, content, editedAt });
      return result;
    },
    async recall(conversationId, seq, id) {
      const result = await core.request('recall', { conversationId, seq }, id);
      const { rev, recalledAt } = result;
      core.changes.receive({ type: 'recalled', conversationId, seq, rev, recalledAt });
      return result;
    },
    cursors: () => conversations.cursors(),
    request: core.request,
  };
}
