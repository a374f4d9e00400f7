import {
  type AuthorizeReaderDeps,
  authorizeReader,
  isReadableBy,
} from '../conversations/authorize-reader.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { DownloadFrame, MediaVariant } from '../protocol/media/frames.ts';
import type { DownloadResult } from '../protocol/media/table.ts';
import { objectKey } from '../stores/media/media-objects.ts';
import type { MediaUrls } from '../stores/media/media-url-gateway.ts';
import { type Clock, type EpochSeconds, epochSeconds } from '../time.ts';

/** Media that may be fetched until its end. */
export type FoundMedia = {
  readonly mediaId: string;
  readonly variants: readonly MediaVariant[];
  readonly end: EpochSeconds;
};

export type FindMedia = (
  conversationId: string,
  seq: number,
  userId: string,
) => Promise<FoundMedia | undefined>;

export type FindForMemberDeps = AuthorizeReaderDeps & {
  readonly findMedia: FindMedia;
};

export type GiveDownloadDeps = FindForMemberDeps & {
  readonly urls: Pick<MediaUrls, 'get'>;
  readonly now: Clock;
};

/** What an address given now can still do after a shorter policy or an erasure is over by then. */
const longestSeconds = 120;

/** The media that a member can fetch at this instant, or who was one when it was sent. */
export async function findForMember(
  deps: FindForMemberDeps,
  userId: string,
  { conversationId, seq }: Pick<DownloadFrame, 'conversationId' | 'seq'>,
): Promise<FoundMedia> {
  const { ranges } = await authorizeReader(deps, conversationId, userId);
  const media = isReadableBy(ranges, seq) ? await deps.findMedia(conversationId, seq, userId) : undefined;
  if (media === undefined) throw new ProtocolError('NOT_FOUND');
  return media;
}

/** To members, for what can be read at this instant, and never past its end. */
export async function giveDownload(
  deps: GiveDownloadDeps,
  userId: string,
  { conversationId, seq, variant }: DownloadFrame,
): Promise<DownloadResult> {
  const media = await findForMember(deps, userId, { conversationId, seq });
  if (variant !== undefined && !media.variants.includes(variant)) throw new ProtocolError('NOT_FOUND');
  const from = epochSeconds(deps.now());
  const expiresAt = Math.min(media.end, from + longestSeconds) as EpochSeconds;
  const key = objectKey({ conversationId, mediaId: media.mediaId }, variant ?? 'original');
  return { url: await deps.urls.get(key, from, expiresAt), expiresAt };
}
