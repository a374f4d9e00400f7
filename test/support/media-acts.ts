import { createHash } from 'node:crypto';
import { eraseWritten } from '../../shared/erasure/erase-written.ts';
import { attachMedia } from '../../shared/media/attach-media.ts';
import { beginUpload } from '../../shared/media/begin-upload.ts';
import { type FinalizeUploadDeps, finalizeUpload } from '../../shared/media/finalize-upload.ts';
import type { FinalizeUploadRequest } from '../../shared/media/finalize-upload-request.ts';
import type { ForwardMediaDeps } from '../../shared/media/forward-media.ts';
import type { MediaProcessor } from '../../shared/media/media-processor-gateway.ts';
import { sweepUploads } from '../../shared/media/sweep-uploads.ts';
import { sendMessage } from '../../shared/messages/send-message.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import type { UploadFrame } from '../../shared/protocol/media/frames.ts';
import type { Content, SendFrame } from '../../shared/protocol/messages/frames.ts';
import { isMediaContent } from '../../shared/protocol/messages/media-content.ts';
import { type PurgeConversationDeps, purgeConversation } from '../../shared/retention/purge-conversation.ts';
import { removeMedia } from '../../shared/stores/media/remove-media.ts';
import type { Message } from '../../shared/stores/messages/message.ts';
import { mediaIn } from '../../shared/stores/messages/message-header.ts';
import { epochMillis } from '../../shared/time.ts';
import type { mediaWorld } from './media-world.ts';
import { conversationId, type messageWorld } from './message-world.ts';
import { noChanges } from './no-changes.ts';
import { steadyRetention } from './steady-retention.ts';
import type { Step } from './step.ts';
import { writtenStore } from './written-store.ts';

export const announced = (kind: Uploaded): UploadFrame => ({
  action: 'upload',
  id: 'u',
  conversationId,
  kind,
  contentType: 'image/png',
  bytes: 7,
  // Of the seven bytes that `mediaWorld` has a client put.
  sha256: 'LOonTQvtw57Eq2up5Z7IiePtb7VqHPCIpk2bODN43Jc=',
});
/** A film, or a picture that may stand for one. */
export type Uploaded = 'video' | 'image';

const endOfTime = epochMillis(Number.MAX_SAFE_INTEGER);

export const retentionSeconds = 3 * 3_600;

const noProcessor: MediaProcessor = {
  finalizeUpload: async () => {
    throw new Error('a forward uploads nothing');
  },
};

export const mediaOf = ({ content }: Message): string | undefined => mediaIn(content).mediaId;

/** What the functions do with media and the messages that bring it, one invocation each. */
export function mediaActs(
  chat: ReturnType<typeof messageWorld>,
  world: ReturnType<typeof mediaWorld>,
  clock: () => number,
) {
  function purgeDeps(step: Step): PurgeConversationDeps {
    const base = chat.purgeDeps(step, clock, steadyRetention(retentionSeconds, clock));
    const remove = removeMedia(world.deps(step, clock));
    return {
      ...base,
      messages: {
        ...base.messages,
        async delete(headers) {
          for (const { mediaId } of headers)
            if (mediaId !== undefined) await remove({ conversationId, mediaId });
          await base.messages.delete(headers);
        },
      },
    };
  }

  return {
    upload: async (step: Step, kind: Uploaded = 'video') =>
      beginUpload(world.deps(step, clock), 'alice', announced(kind)),

    /** What a client may be told is no fault; answers it. */
    async send(step: Step, userId: string, id: string, mediaId: string, posterId?: string): Promise<string> {
      const admission: FinalizeUploadDeps = world.deps(step, clock);
      const admit = async (request: FinalizeUploadRequest) => ({
        ok: true as const,
        media: await finalizeUpload(admission, request),
      });
      const type = world.records.get(mediaId)?.kind === 'image' ? 'image' : 'video';
      const content: Content =
        type === 'image' || posterId === undefined ? { type, mediaId } : { type, mediaId, posterId };
      try {
        const frame = await attachMedia(
          { processor: { finalizeUpload: admit }, forward: undefined },
          userId,
          {
            action: 'send',
            id,
            conversationId,
            content,
          },
        );
        const deps = { ...chat.deps(step, clock), retentionSeconds };
        await sendMessage(deps, { userId, connectionId: `${userId}-1` }, frame);
        return 'sent';
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        return error.code;
      }
    },

    /** Of a message as it stood when it was read. */
    async forward(step: Step, userId: string, id: string, { content, sentAt, expiresAt }: Message) {
      if (!isMediaContent(content)) return 'no media';
      const { media, ...shown } = content;
      const now = () => epochMillis(clock());
      const forward: ForwardMediaDeps = {
        ...world.deps(step, clock),
        retention: steadyRetention(retentionSeconds, clock),
        sha256: (text) => createHash('sha256').update(text).digest('base64url'),
        now,
      };
      const frame: SendFrame = { action: 'send', id, conversationId, content: shown, forwarded: true };
      try {
        const origin = { media, sentAt, expiresAt };
        const request = await attachMedia({ processor: noProcessor, forward }, userId, { ...frame, origin });
        const deps = { ...chat.deps(step, clock), retentionSeconds };
        await sendMessage(deps, { userId, connectionId: `${userId}-1` }, request);
        return 'sent';
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        return error.code;
      }
    },

    sweep: async (step: Step) => sweepUploads(world.deps(step, clock)),

    purge: async (step: Step) => purgeConversation(purgeDeps(step), conversationId),

    async erase(step: Step, { from, seq }: Message): Promise<void> {
      const deps = {
        ...writtenStore(() => chat, step),
        ...noChanges,
        removeMedia: removeMedia(world.deps(step, clock)),
        objects: world.deps(step, clock).objects,
        tell: async () => undefined,
        now: () => epochMillis(clock()),
      };
      const range = { userId: from, conversationId, from: seq, to: seq, writtenBy: endOfTime };
      await eraseWritten(deps, range, chat.holds.inForce());
    },
  };
}
