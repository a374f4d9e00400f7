import type { MediaVariant } from '../../shared/protocol/media/frames.ts';
import { LapseError, notConnected } from '../wire/lapse-error.ts';
import type { MediaTransfer } from './upload-media.ts';

/** The media of a message, or a small picture of it. A `Blob`, which browsers hold outside of the page's memory. */
export type DownloadMedia = (conversationId: string, seq: number, variant?: MediaVariant) => Promise<Blob>;

const attempts = 4;

/** By an address that is asked for each time, since it ends within minutes. */
export function downloadMedia({ request, fetch, pause }: MediaTransfer): DownloadMedia {
  return async (conversationId, seq, variant) => {
    for (let attempt = 1; ; attempt += 1) {
      const { url } = await request('download', {
        conversationId,
        seq,
        ...(variant !== undefined && { variant }),
      });
      if (url === undefined) throw new LapseError('INTERNAL', 'the answer does not fit the request', false);
      // No browser may keep a copy that it does not delete in time.
      const got = await fetch(url, { cache: 'no-store' }).then(bodyOf, () => undefined);
      if (got !== undefined) return got;
      if (attempt === attempts) throw notConnected();
      await pause(attempt);
    }
  };
}

/** Undefined where another attempt may go better: the address has ended meanwhile, or the store is troubled. */
async function bodyOf(response: Response): Promise<Blob | undefined> {
  if (response.status === 404) throw new LapseError('NOT_FOUND', 'the media is gone', false);
  return response.ok ? response.blob().catch(() => undefined) : undefined;
}
