import { ProtocolError } from '../protocol/errors.ts';
import type { SendFrame } from '../protocol/messages/frames.ts';
import { isMediaContent } from '../protocol/messages/media-content.ts';
import { effectiveExpiry } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import { forwardIdOf, isForward, isShareable } from '../stores/media/media-id.ts';
import {
  type ForwardRecord,
  isShown,
  type MediaOrigin,
  type MediaRecord,
  newMediaRecord,
} from '../stores/media/media-record.ts';
import type { MediaStore } from '../stores/media/media-store.ts';
import type { SendRequest } from '../stores/messages/message.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import type { Clock, EpochSeconds } from '../time.ts';
import { isAboutToBeSwept } from './find-upload.ts';

export type ForwardMediaDeps = {
  readonly media: Pick<MediaStore, 'get' | 'addForward' | 'holdForward'>;
  readonly holds: Pick<HoldStore, 'among'>;
  /** Of messages. */
  readonly retention: AskRetention;
  readonly now: Clock;
  /** SHA-256 in base64url. */
  readonly sha256: (text: string) => string;
};

type Forwarded = SendFrame & Required<Pick<SendFrame, 'origin'>>;

/**
 * What the message shows is another message's: it gets an id and a record of its own, and no object. The record is there before the
 * message, and goes like an upload that nobody sends if none comes. Neither placeholder nor waveform are taken along: they are of the
 * picture and the sound, and no erasure of the first message would find them here.
 * @throws ProtocolError NOT_FOUND for what has gone or ended; FORBIDDEN for what lies where its address would name its conversation.
 */
export async function forwardMedia(
  deps: ForwardMediaDeps,
  userId: string,
  { origin, content, ...frame }: Forwarded,
): Promise<SendRequest> {
  if (!isMediaContent(content)) return { ...frame, content };
  const of = await originOf(deps, content.mediaId, origin);
  const endsBy = effectiveExpiry(of, await deps.retention());
  if (endsBy * 1000 <= deps.now()) throw new ProtocolError('NOT_FOUND');
  const { placeholder: _picture, waveform: _sound, ...media } = origin.media;
  const { conversationId, id: sendId } = frame;
  const mediaId = forwardIdOf(
    deps.sha256(JSON.stringify([of.mediaId, userId, conversationId, sendId])).slice(0, 24),
  );
  const holds = await deps.holds.among({ users: [userId], conversations: [conversationId] });
  const { contentType, bytes } = media;
  const described = { conversationId, mediaId, owner: userId, kind: content.type, contentType, bytes };
  await add(deps, {
    ...newMediaRecord({ ...described, sha256: '', parts: 0 }, deps.now()),
    ...{ sendId, media, of },
    ...(isOnHold(holds, userId, conversationId) && { isHeld: true }),
  });
  const { posterId: _drawn, ...kept } = { posterId: undefined, ...content };
  return { ...frame, content: { ...kept, mediaId, media }, endsBy };
}

/** The upload, however often it was forwarded on the way. */
async function originOf(
  { media }: Pick<ForwardMediaDeps, 'media'>,
  mediaId: string,
  { sentAt, expiresAt }: Forwarded['origin'],
): Promise<MediaOrigin> {
  if (!isForward(mediaId) && !isShareable(mediaId)) throw new ProtocolError('FORBIDDEN');
  const shown = await media.get(mediaId);
  const { of } = shown ?? {};
  const upload: MediaRecord | undefined = of === undefined ? shown : await media.get(of.mediaId);
  if (upload === undefined || !isShown(upload)) throw new ProtocolError('NOT_FOUND');
  if (of === undefined) return { mediaId, sentAt, expiresAt };
  return { ...of, expiresAt: Math.min(of.expiresAt, expiresAt) as EpochSeconds };
}

/** A repeat finds that of the first attempt, as long as the sweeper is not about to take it for one that came to nothing. */
async function add({ media, now }: ForwardMediaDeps, forward: ForwardRecord): Promise<void> {
  if (await media.addForward(forward)) return;
  const there = await media.get(forward.mediaId);
  if (there === undefined || isAboutToBeSwept(there, now())) throw new ProtocolError('CONFLICT');
  if (there.isCancelled === true) throw new ProtocolError('NOT_FOUND');
  // The hold came between the two, and has found no message yet.
  if (forward.isHeld === true && there.isHeld !== true) await media.holdForward(forward);
}
