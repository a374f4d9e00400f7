import { createHash } from 'node:crypto';
import type { EraseUploadsDeps } from '../../shared/erasure/erase-uploads.ts';
import type { BeginUploadDeps } from '../../shared/media/begin-upload.ts';
import type { FinalizeUploadDeps } from '../../shared/media/finalize-upload.ts';
import { defaultMediaLimits } from '../../shared/media/processing/media-limits.ts';
import type { SweepUploadsDeps } from '../../shared/media/sweep-uploads.ts';
import { type HoldMediaDeps, holdMedia } from '../../shared/stores/media/hold-media.ts';
import { uploadIdOf } from '../../shared/stores/media/media-id.ts';
import { incomingKeys, objectKey, objectKeys } from '../../shared/stores/media/media-objects.ts';
import {
  isKeptForForwards,
  isShown,
  type MediaRecord,
  recordExpiry,
} from '../../shared/stores/media/media-record.ts';
import type { MediaStore } from '../../shared/stores/media/media-store.ts';
import { removeMedia } from '../../shared/stores/media/remove-media.ts';
import { epochMillis } from '../../shared/time.ts';
import type { messageWorld } from './message-world.ts';
import type { Step } from './step.ts';

/** In what time the sweeper of messages is done. */
export const boundSeconds = 3_600;

const limits = { imageBytes: 100, audioBytes: 100, videoBytes: 100, fileBytes: 100 };

/** The uploads and objects of a conversation, in memory: single objects and single items are consistent. */
export function mediaWorld(chat: ReturnType<typeof messageWorld>) {
  const objects = new Map<string, Uint8Array>();
  const records = new Map<string, MediaRecord>();
  const uploaded = new Map<string, { until: number; bytes: Uint8Array }>();

  /** What the lifecycle of the bucket will delete. */
  const tagged = new Set<string>();

  let uploads = 0;

  const change = (mediaId: string, to: (record: MediaRecord) => MediaRecord) => {
    const record = records.get(mediaId);
    if (record !== undefined) records.set(mediaId, to(record));
    return record !== undefined;
  };

  const count = (mediaId: string, by: number) =>
    change(mediaId, (record) => ({ ...record, heldForwards: (record.heldForwards ?? 0) + by }));

  type Deps = BeginUploadDeps &
    FinalizeUploadDeps &
    SweepUploadsDeps &
    HoldMediaDeps &
    EraseUploadsDeps & { media: MediaStore };

  function deps(step: Step, now: () => number): Deps {
    const { conversations, messages } = chat.deps(step, now);
    const made: Omit<Deps, 'holdMedia' | 'removeMedia'> = {
      conversations,
      messages,
      limits,
      mediaLimits: defaultMediaLimits,
      recorded: (media) => media,
      now: () => epochMillis(now()),
      boundSeconds,
      isOver: () => false,
      onFailure: (error) => {
        throw error;
      },
      randomId: () => {
        uploads += 1;
        return uploadIdOf(`${uploads}`.padEnd(24, '-'));
      },
      sha256: (bytes) => createHash('sha256').update(bytes).digest('base64'),
      process: async (bytes, { contentType }) => ({
        bytes,
        facts: { contentType, bytes: bytes.length },
        derivatives: [{ name: 'thumbnail', contentType, bytes }],
      }),
      processPoster: async (bytes, { contentType }) => ({
        bytes,
        facts: { contentType, bytes: bytes.length, placeholder: 'blur' },
        derivatives: [{ name: 'poster', contentType, bytes }],
      }),
      urls: {
        put: async ({ key }, _from, until) => {
          uploaded.set(key, { until, bytes: Buffer.from('picture') });
          return { method: 'PUT', url: key, headers: {} };
        },
      },
      holds: chat.holds.deps(step),
      media: {
        add: async (record) => step(() => void records.set(record.mediaId, record)),
        get: async (mediaId) => step(() => records.get(mediaId)),
        claim: async (mediaId, sendId) =>
          step(() => {
            const { sendId: taken = sendId } = records.get(mediaId) ?? {};
            if (records.get(mediaId)?.isCancelled === true) return false;
            return taken === sendId && change(mediaId, (record) => ({ ...record, sendId }));
          }),
        recordFacts: async (mediaId, media) =>
          step(
            () =>
              records.get(mediaId)?.isCancelled !== true &&
              change(mediaId, (record) => ({ ...record, media })),
          ),
        // A page of one.
        listUnsent: async (owner, createdBy, after) =>
          step(() => {
            const found = [...records.values()].filter(
              (each) => each.owner === owner && each.createdAt <= createdBy && each.seq === undefined,
            );
            const ids = found.map(({ mediaId }) => mediaId).toSorted();
            const [id, ...more] = ids.filter((each) => after === undefined || each > after);
            return { ids: id === undefined ? [] : [id], ...(more.length > 0 && { next: id }) };
          }),
        cancel: async (mediaId, sweepAt) =>
          step(
            () =>
              records.get(mediaId)?.seq === undefined &&
              change(mediaId, ({ media: _gone, ...record }) => ({ ...record, isCancelled: true, sweepAt })),
          ),
        async *due(at) {
          const found = await step(() =>
            [...records.values()].filter(({ sweepAt }) => sweepAt !== undefined && sweepAt <= at),
          );
          yield* found;
        },
        keep: async (mediaId, seq, sweepAt) =>
          step(
            () =>
              void change(mediaId, (record) => {
                if (record.media === undefined) return record;
                return { ...record, seq, sweepAt, expiresAt: recordExpiry(sweepAt) };
              }),
          ),
        remove: async (mediaId) => step(() => void records.delete(mediaId)),
        postpone: async (mediaId, sweepAt) =>
          step(
            () =>
              void change(mediaId, (record) => ({ ...record, sweepAt, expiresAt: recordExpiry(sweepAt) })),
          ),
        removeForward: async (mediaId) =>
          step(() => {
            if (records.get(mediaId)?.isHeld === true) return false;
            records.delete(mediaId);
            return true;
          }),
        end: async (mediaId) =>
          step(() => {
            change(mediaId, ({ media: _gone, ...record }) => ({ ...record, isCancelled: true }));
            return records.get(mediaId);
          }),
        addForward: async (forward) =>
          step(() => {
            const origin = records.get(forward.of.mediaId);
            if (records.has(forward.mediaId)) return false;
            if (forward.isHeld === true && !(origin !== undefined && isShown(origin))) return false;
            records.set(forward.mediaId, forward);
            if (forward.isHeld === true) count(forward.of.mediaId, 1);
            return true;
          }),
        holdForward: async ({ mediaId, of }) =>
          step(() => {
            const [forward, origin] = [records.get(mediaId), records.get(of.mediaId)];
            if (forward === undefined || forward.isHeld === true || origin === undefined) return;
            if (origin.isCancelled === true && !isKeptForForwards(origin)) return;
            change(mediaId, (record) => ({ ...record, isHeld: true }));
            count(of.mediaId, 1);
          }),
        releaseForward: async ({ mediaId, of }) =>
          step(() => {
            if (records.get(mediaId)?.isHeld !== true || !records.has(of.mediaId)) return;
            change(mediaId, ({ isHeld: _held, ...record }) => record);
            count(of.mediaId, -1);
          }),
      },
      objects: {
        readUpload: async (upload) =>
          step(() => {
            const parts = incomingKeys(upload).map((key) => objects.get(key));
            return parts.every((part) => part !== undefined) ? Buffer.concat(parts) : undefined;
          }),
        truncateUpload: async (upload) => {
          for (const key of incomingKeys(upload)) await step(() => void objects.set(key, new Uint8Array()));
        },
        deleteUpload: async (upload) => {
          for (const key of incomingKeys(upload)) await step(() => void objects.delete(key));
        },
        put: async (key, { variant, bytes }) => step(() => void objects.set(objectKey(key, variant), bytes)),
        addExpiryTag: async ({ mediaId }) => step(() => void tagged.add(mediaId)),
        removeExpiryTag: async ({ mediaId }) => step(() => void tagged.delete(mediaId)),
        remove: async (key) => {
          for (const each of objectKeys(key)) await step(() => void objects.delete(each));
        },
        count: async (key) => step(() => objectKeys(key).filter((each) => objects.has(each)).length),
      },
    };
    return { ...made, holdMedia: holdMedia(made), removeMedia: removeMedia(made) };
  }

  /** What a hold does with media. */
  function held(step: Step, now: () => number) {
    const { holdMedia: hold, removeMedia: remove } = deps(step, now);
    return { hold, remove };
  }

  /** Somebody uses an address again, as late as it allows: once only, what is there stays. */
  function putAll(now: number): void {
    for (const [key, { until, bytes }] of uploaded)
      if (now <= until * 1000 && !objects.has(key)) objects.set(key, bytes);
  }

  /** Of which media there is anything. */
  function places(): readonly string[] {
    const ids = [...objects.keys()].map((key) => key.split('/')[1]);
    return [...new Set(ids)].filter((id) => id !== undefined);
  }

  return { objects, records, tagged, deps, held, putAll, places };
}
