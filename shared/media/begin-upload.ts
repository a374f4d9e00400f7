import type { Limits } from '../configuration/limits.ts';
import { type AuthorizeMemberDeps, authorizeMember } from '../conversations/authorize-member.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { UploadFrame } from '../protocol/media/frames.ts';
import { partBytes } from '../protocol/media/part-bytes.ts';
import type { UploadResult } from '../protocol/media/table.ts';
import { incomingKeys } from '../stores/media/media-objects.ts';
import { newMediaRecord, uploadSeconds } from '../stores/media/media-record.ts';
import type { MediaStore } from '../stores/media/media-store.ts';
import type { MediaUrls } from '../stores/media/media-url-gateway.ts';
import { type Clock, type EpochSeconds, epochSeconds } from '../time.ts';
import { keptType } from './processing/file/kept-type.ts';

export type BeginUploadDeps = AuthorizeMemberDeps & {
  readonly media: Pick<MediaStore, 'add'>;
  readonly urls: Pick<MediaUrls, 'put'>;
  readonly limits: Pick<Limits, 'imageBytes' | 'audioBytes' | 'videoBytes' | 'fileBytes'>;
  readonly now: Clock;
  readonly randomId: () => string;
};

/** The record first: nothing can be put where no sweeper would look. */
export async function beginUpload(
  deps: BeginUploadDeps,
  userId: string,
  frame: UploadFrame,
): Promise<UploadResult> {
  const { conversationId, kind, bytes, sha256, parts = [sha256] } = frame;
  const contentType = keptType(frame.contentType);
  await authorizeMember(deps, conversationId, userId);
  if (bytes > deps.limits[`${kind}Bytes`]) throw new ProtocolError('TOO_LARGE');
  const now = deps.now();
  const described = { conversationId, mediaId: deps.randomId(), kind, contentType, bytes, sha256 };
  const record = newMediaRecord({ ...described, owner: userId, parts: parts.length }, now);
  await deps.media.add(record);
  const from = epochSeconds(now);
  const until = (from + uploadSeconds) as EpochSeconds;
  const requests = await Promise.all(
    incomingKeys(record).map(async (key, index) => {
      const size = parts.length === 1 ? bytes : Math.min(partBytes, bytes - index * partBytes);
      return deps.urls.put({ key, contentType, bytes: size, sha256: parts[index] ?? sha256 }, from, until);
    }),
  );
  const [whole] = requests;
  const result = { mediaId: record.mediaId, expiresAt: until };
  return frame.parts === undefined && whole !== undefined
    ? { ...result, ...whole }
    : { ...result, parts: requests };
}
