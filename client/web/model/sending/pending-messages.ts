import type { SendResult } from '../../../../shared/protocol/messages/table.ts';
import type { LapseClient } from '../../../lapse-client.ts';
import { LapseError } from '../../../wire/lapse-error.ts';
import { newId } from '../../../wire/new-id.ts';
import type { Mentions } from '../../../words/mention-words.ts';
import type { Attachment } from '../media/attachment.ts';
import { errorWords } from '../words/error-words.ts';
import type { PendingMessage, PosterOf } from './pending-message.ts';
import { uploads } from './uploads.ts';

const isHeld = ({ status }: PendingMessage): boolean => status === 'failed' || status === 'waiting';

type Unsent = Pick<PendingMessage, 'text' | 'attachment' | 'replyTo'>;

export type PendingMessages = {
  send(conversationId: string, text: string, attachment?: Attachment, replyTo?: number): void;
  /** With the id of the first try, so that the server stores it once whatever became of that. */
  retry(id: string): void;
  /** What waits for somebody who may be there now: of one conversation, or of all. */
  retryWaiting(conversationId?: string): void;
  /** Takes away one that has failed or is being uploaded, and returns it. */
  discard(id: string): Unsent | undefined;
  fileOf(id: string): Blob | undefined;
  /** Calls off what is being uploaded. */
  stop(): void;
  of(conversationId: string): readonly PendingMessage[];
};

type Bare = Pick<
  PendingMessage,
  'id' | 'conversationId' | 'text' | 'attachment' | 'mentions' | 'replyTo' | 'sentAt'
>;
type Client = Pick<LapseClient, 'send' | 'sendMedia' | 'messages' | 'on' | 'state'>;

export function pendingMessages(
  client: Client,
  now: () => number,
  changed: () => void,
  posterOf: PosterOf,
  mentionsIn: (conversationId: string, text: string) => Mentions = () => ({}),
): PendingMessages {
  const all = new Map<string, PendingMessage>();
  const attached = uploads(client, posterOf);

  function put(sending: PendingMessage): void {
    all.set(sending.id, sending);
    changed();
  }

  function upload(bare: Bare, attachment: Attachment): Promise<SendResult> {
    return attached.send({ ...bare, attachment }, (done, parts) => {
      if (all.has(bare.id))
        put({ ...bare, status: 'sending', ...(done < parts && { upload: { done, parts } }) });
    });
  }

  async function deliver(bare: Bare): Promise<void> {
    const { id, conversationId, text, attachment, mentions, replyTo } = bare;
    if (!all.has(id)) return;
    try {
      const { expiresAt } = await (attachment === undefined
        ? client.send(conversationId, text, { id, ...mentions, ...(replyTo !== undefined && { replyTo }) })
        : upload(bare, attachment));
      put({ ...bare, expiresAt, status: 'sent' });
    } catch (error) {
      const over = error instanceof LapseError && error.code === 'CLOSED';
      if (over || !all.has(id)) return;
      const { code = '', retryable = false } = error instanceof LapseError ? error : {};
      const reason = code === 'FORBIDDEN' ? 'There is nobody any more to read it.' : errorWords(error);
      put({ ...bare, status: code === 'WAITING' ? 'waiting' : 'failed', reason, retryable });
    }
  }

  function begin(bare: Bare): void {
    const { conversationId, attachment } = bare;
    if (attachment === undefined) {
      put({ ...bare, status: 'sending' });
      void deliver(bare);
      return;
    }
    put({ ...bare, status: 'sending', upload: { done: 0, parts: 1 } });
    attached.enqueue(conversationId, () => deliver(bare));
  }

  const model: PendingMessages = {
    send: (conversationId, text, attachment, replyTo) =>
      begin({
        id: newId(),
        conversationId,
        text,
        sentAt: now(),
        mentions: mentionsIn(conversationId, text),
        replyTo,
        ...(attachment !== undefined && { attachment }),
      }),
    retry(id) {
      const found = all.get(id);
      if (found === undefined || !isHeld(found)) return;
      const { conversationId, text, attachment, mentions = {}, replyTo } = found;
      const said = { id, conversationId, text, mentions, replyTo, sentAt: now() };
      begin({ ...said, ...(attachment !== undefined && { attachment }) });
    },
    retryWaiting(conversationId) {
      for (const { id, status, conversationId: place } of [...all.values()])
        if (status === 'waiting' && (conversationId ?? place) === place) model.retry(id);
    },
    discard(id) {
      const found = all.get(id);
      if (found === undefined || (!isHeld(found) && found.upload === undefined)) return undefined;
      all.delete(id);
      attached.cancel(id);
      changed();
      return found;
    },
    fileOf: (id) => all.get(id)?.attachment?.file,
    stop() {
      attached.stop();
      all.clear();
    },
    of(conversationId) {
      // Between its ack and its place in the order a sent one is shown from here.
      const placed = new Set(client.messages(conversationId).map(({ id }) => id));
      for (const { id, status, expiresAt } of all.values()) {
        const over = expiresAt !== undefined && expiresAt * 1000 <= now();
        if (status === 'sent' && (over || placed.has(id))) all.delete(id);
      }
      return [...all.values()].filter(
        (sending) => sending.conversationId === conversationId && !placed.has(sending.id),
      );
    },
  };
  return model;
}
