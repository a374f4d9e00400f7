import type { SendResult } from '../../../../shared/protocol/messages/table.ts';
import { whenOnline } from '../../../connection/when-online.ts';
import type { LapseClient } from '../../../lapse-client.ts';
import type { Attachment } from '../media/attachment.ts';
import type { PendingMessage, PosterOf } from './pending-message.ts';

type Client = Pick<LapseClient, 'sendMedia' | 'on' | 'state'>;
type Uploading = Pick<PendingMessage, 'id' | 'conversationId' | 'text' | 'mentions' | 'replyTo'> & {
  readonly attachment: Attachment;
};

/** Attachments on their way, each of which can be called off. */
export type Uploads = {
  /** Begins when the earlier ones of the conversation have ended: files arrive in the order in which they were chosen. */
  enqueue(conversationId: string, run: () => Promise<void>): void;
  send(uploading: Uploading, onPart: (done: number, parts: number) => void): Promise<SendResult>;
  cancel(id: string): void;
  stop(): void;
};

export function uploads(client: Client, posterOf: PosterOf): Uploads {
  const last = new Map<string, Promise<void>>();
  const underWay = new Map<string, AbortController>();

  return {
    enqueue(conversationId, run) {
      last.set(conversationId, (last.get(conversationId) ?? Promise.resolve()).then(run));
    },
    async send({ id, conversationId, text, mentions, replyTo, attachment: { file, ...about } }, onPart) {
      const abort = new AbortController();
      underWay.set(id, abort);
      try {
        await whenOnline(client);
        const bytes = new Uint8Array(await file.arrayBuffer());
        const caption = text === '' ? {} : { caption: text };
        const options = {
          id,
          ...caption,
          ...mentions,
          ...(replyTo !== undefined && { replyTo }),
          signal: abort.signal,
          onPart,
        };
        const poster = about.kind === 'video' ? await posterOf(file) : undefined;
        return await client.sendMedia(
          conversationId,
          { ...about, bytes, ...(poster && { poster }) },
          options,
        );
      } finally {
        underWay.delete(id);
      }
    },
    cancel: (id) => underWay.get(id)?.abort(),
    stop() {
      for (const controller of underWay.values()) controller.abort();
    },
  };
}
