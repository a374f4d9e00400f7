import { beginUpload } from '../../shared/media/begin-upload.ts';
import { finalizeUpload } from '../../shared/media/finalize-upload.ts';
import type { FinalizeUploadRequest } from '../../shared/media/finalize-upload-request.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import type { Connection } from '../../shared/stores/connections/connection.ts';
import {
  decodeRecipient,
  encodeRecipient,
  type Handover,
  type Recipient,
} from '../../shared/stores/handovers/handover.ts';
import type { HandoverStore } from '../../shared/stores/handovers/handover-store.ts';
import { removeMedia } from '../../shared/stores/media/remove-media.ts';
import { epochMillis } from '../../shared/time.ts';
import { beginHandover } from '../../shared/transient/begin-handover.ts';
import type { endHandover } from '../../shared/transient/end-handover.ts';
import { noteReceived } from '../../shared/transient/note-received.ts';
import { sendTransientMedia } from '../../shared/transient/send-transient-media.ts';
import { sweepHandovers } from '../../shared/transient/sweep-handovers.ts';
import { announced, type Uploaded } from './media-acts.ts';
import { mediaWorld } from './media-world.ts';
import { conversationId, messageWorld } from './message-world.ts';
import type { Step } from './step.ts';
import { transientWorld } from './transient-world.ts';

export const handoverSeconds = 300;

const key = ({ seq }: Pick<Handover, 'seq'>) => seq;

/** A film on its way from alice to bob where messages are not stored, in memory; one invocation each. */
export function handoverWorld(clock: () => number) {
  const media = mediaWorld(messageWorld());
  const relays = transientWorld();
  const rows = new Map<number, Handover & { readonly waiting: ReadonlySet<string> }>();
  const open = new Map<string, Connection>();
  /** By number and connection: what was pushed, and what was said to have arrived. */
  const pushed = new Set<string>();
  const received = new Set<string>();

  function connect(userId: string, connectionId: string): void {
    const expiresAt = 4e9 as Connection['expiresAt'];
    open.set(connectionId, {
      userId,
      connectionId,
      connectedAt: epochMillis(0),
      expiresAt,
      consentedPolicy: 'mark',
    });
  }

  function store(step: Step): HandoverStore {
    return {
      begin: async (handover, waiting) =>
        step(() => {
          const row = rows.get(key(handover));
          if (row !== undefined && row.mediaId !== handover.mediaId) return false;
          const { until = handover.until, waiting: before = [] } = row ?? {};
          const all = new Set([...before, ...waiting.map(encodeRecipient)]);
          rows.set(key(handover), { ...handover, until, waiting: all });
          return true;
        }),
      get: async (handover) => step(() => rows.get(key(handover))),
      receive: async (handover, recipient) =>
        step(() => {
          const row = rows.get(key(handover));
          if (row?.waiting.has(encodeRecipient(recipient)) !== true) return undefined;
          const waiting = new Set([...row.waiting].filter((each) => each !== encodeRecipient(recipient)));
          rows.set(key(handover), { ...row, waiting });
          return waiting.size === 0 ? row : undefined;
        }),
      async *list() {
        const found = await step(() => [...rows.values()]);
        for (const { waiting, ...handover } of found)
          yield { ...handover, waiting: [...waiting].map(decodeRecipient) };
      },
      remove: async (handover) => step(() => void rows.delete(key(handover))),
    };
  }

  const connections = (step: Step) => ({
    listByGroup: async () => [],
    listByUsers: async (userIds: readonly string[]) =>
      step(() => [...open.values()].filter(({ userId }) => userIds.includes(userId))),
    remove: async () => step(() => undefined),
  });

  function endDeps(step: Step) {
    const { objects, media: records } = media.deps(step, clock);
    return {
      handovers: store(step),
      removeMedia: removeMedia({ objects, media: records }),
    } satisfies Parameters<typeof endHandover>[0] & object;
  }

  return {
    media,
    rows,
    open,
    pushed,
    received,
    connect,
    store,

    upload: async (step: Step, kind: Uploaded = 'video') =>
      beginUpload(media.deps(step, clock), 'alice', announced(kind)),

    /** What a client may be told is no fault. */
    async send(step: Step, id: string, mediaId: string, posterId?: string): Promise<void> {
      const deps = {
        ...relays.deps(step, clock()),
        connections: connections(step),
        gateway: {
          close: async () => step(() => undefined),
          push: async (connectionId: string, data: Uint8Array) =>
            step(() => {
              if (!open.has(connectionId)) return 'gone' as const;
              pushed.add(`${JSON.parse(new TextDecoder().decode(data)).message.seq} ${connectionId}`);
              return 'sent' as const;
            }),
        },
        beginHandover: beginHandover({
          handovers: store(step),
          handoverSeconds,
          now: () => epochMillis(clock()),
        }),
        processor: {
          finalizeUpload: async (request: FinalizeUploadRequest) => ({
            ok: true as const,
            media: await finalizeUpload(media.deps(step, clock), request),
          }),
        },
      };
      const content = { type: 'video' as const, mediaId, ...(posterId !== undefined && { posterId }) };
      try {
        await sendTransientMedia(
          deps,
          { userId: 'alice', connectionId: 'alice-1' },
          { action: 'send', id, conversationId, content },
        );
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
      }
    },

    async receive(step: Step, recipient: Recipient, seq: number): Promise<void> {
      received.add(`${seq} ${recipient.connectionId}`);
      await noteReceived(endDeps(step), recipient, { conversationId, seq });
    },

    sweep: async (step: Step) =>
      sweepHandovers({
        ...media.deps(step, clock),
        ...endDeps(step),
        connections: connections(step),
      }),
  };
}
