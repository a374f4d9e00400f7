import type { MediaVariant } from '../../shared/protocol/media/frames.ts';
import { isMediaContent } from '../../shared/protocol/messages/media-content.ts';
import type { MediaContent, MessageBody } from '../../shared/protocol/messages/table.ts';
import type { ClientEvents } from '../events/client-events.ts';
import type { Emitter } from '../events/emitter.ts';
import type { DownloadMedia } from './download-media.ts';

export type TransientMediaOptions = {
  readonly on: Emitter<ClientEvents>['on'];
  /** Whether media is handed over: kept by the server only until those who are connected have it. */
  readonly active: () => boolean;
  readonly download: DownloadMedia;
  /** Tells the server that this connection will not ask again. */
  readonly received: (conversationId: string, seq: number) => Promise<unknown>;
};

/** What was uploaded; `small` is shown in its place. */
type OwnMedia = { readonly whole: Blob; readonly small: Blob };

export type TransientMedia = {
  readonly download: DownloadMedia;
  /** What this client sends itself need not come back; returns the function that forgets it again. */
  holdOwn(mediaId: string, media: OwnMedia): () => void;
  forget(): void;
};

/** What is larger comes when somebody asks for it. */
const atOnceBytes = 20_000_000;

const comesAtOnce = ({ type, media }: MediaContent): boolean =>
  type === 'image' || type === 'audio' || media.bytes <= atOnceBytes;

/** Fetches media as soon as its message comes, where later is too late, and holds it while the message lives. */
export function transientMedia({ on, active, download, received }: TransientMediaOptions): TransientMedia {
  const held = new Map<string, Promise<Blob>>();
  const own = new Map<string, OwnMedia>();
  const prefix = (conversationId: string, seq: number) => `${conversationId} ${seq} `;

  function hold(key: string, get: () => Promise<Blob>): Promise<Blob> {
    const known = held.get(key);
    if (known !== undefined) return known;
    const got = get();
    held.set(key, got);
    // What has failed can be tried again.
    got.catch(() => held.delete(key));
    return got;
  }

  const part = (conversationId: string, seq: number, variant: MediaVariant, mine?: Blob) =>
    hold(
      `${prefix(conversationId, seq)}${variant}`,
      async () => mine ?? download(conversationId, seq, variant),
    );

  const whole = (
    conversationId: string,
    seq: number,
    variants: readonly MediaVariant[] = [],
    mine?: OwnMedia,
  ) =>
    hold(prefix(conversationId, seq), async () => {
      const [media] = await Promise.all([
        mine?.whole ?? download(conversationId, seq),
        Promise.allSettled(variants.map((variant) => part(conversationId, seq, variant, mine?.small))),
      ]);
      received(conversationId, seq).catch(() => undefined);
      return media;
    });

  function forget(messages: readonly MessageBody[]): void {
    for (const { conversationId, seq } of messages) {
      const gone = prefix(conversationId, seq);
      for (const key of held.keys()) if (key.startsWith(gone)) held.delete(key);
    }
  }

  on('expired', forget);
  on('erased', forget);
  on('message', (message) => {
    const { conversationId, seq, content } = message;
    if (!active() || !isMediaContent(content)) return;
    const mine = own.get(content.mediaId);
    if (mine === undefined && !comesAtOnce(content)) return;
    // Whoever asks for it hears why it is not there.
    whole(conversationId, seq, content.media.variants, mine).catch(() => undefined);
  });

  return {
    download(conversationId, seq, variant) {
      if (!active()) return download(conversationId, seq, variant);
      return variant === undefined ? whole(conversationId, seq) : part(conversationId, seq, variant);
    },
    holdOwn(mediaId, media) {
      if (active()) own.set(mediaId, media);
      return () => own.delete(mediaId);
    },
    forget: () => held.clear(),
  };
}
