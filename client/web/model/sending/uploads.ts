import type { SendResult } from '../../../../shared/protocol/messages/table.ts';
import { whenOnline } from '../../../connection/when-online.ts';
import type { LapseClient } from '../../../lapse-client.ts';
import type { Attachment } from '../media/attachment.ts';
import type { PosterOf, Sending } from './sending.ts';

type Client = Pick<LapseClient, 'sendMedia' | 'on' | 'state'>;
type Uploading = Pick<Sending, 'id' | 'conversationId' | 'text'> & { readonly attachment: Attachment };

/** Attachments on their way, each of which can be called off. */
export type Uploads = {
  /** Begins when the earlier ones of the conversation have ended: files arrive in the order in which they were chosen. */
  inTurn(conversationId: string, run: () => Promise<void>): void;
  send(uploading: Uploading, onPart: (done: number, parts: number) => void): Promise<SendResult>;
  callOff(id: string): void;
  stop(): void;
};

export function uploads(client: Client, posterOf: PosterOf): Uploads {
  const last = new Map<string, Promise<void>>();
  const underWay = new Map<string, AbortController>();

  return {
    inTurn(conversationId, run) {
      last.set(conversationId, (last.get(conversationId) ?? Promise.resolve()).then(run));
    },
    async send({ id, conversationId, text, attachment: { file, ...about } }, onPart) {
      const calledOff = new AbortController();
      underWay.set(id, calledOff);
      try {
        await whenOnline(client);
        const bytes = new Uint8Array(await file.arrayBuffer());
        const caption = text === '' ? {} : { caption: text };
        const options = { id, ...caption, signal: calledOff.signal, onPart };
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
    callOff: (id) => underWay.get(id)?.abort(),
    stop() {
      for (const controller of underWay.values()) controller.abort();
    },
  };
}
