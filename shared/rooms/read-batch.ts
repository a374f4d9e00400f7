import { isYoung, sendMillis } from '../messages/room-numbers.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { Message } from '../stores/messages/message.ts';
import type { RoomEntry, RoomLogStore } from '../stores/messages/room-log-store.ts';
import { type Clock, type EpochMillis, epochMillis } from '../time.ts';

export type ReadBatchDeps = {
  readonly log: RoomLogStore;
  readonly retention: AskRetention;
  readonly now: Clock;
};

export type Batch = {
  /** What can be read of it. */
  readonly messages: readonly Message[];
  /** All up to this number are settled. */
  readonly upTo: number;
  readonly more: boolean;
  /** Behind it stands something that waits for a number in front of it: until then. */
  readonly waitsUntil?: EpochMillis;
};

/** About as much as four frames hold, so that the lease is renewed in time. */
const batchBytes = 110_000;
const batchEntries = 100;

/** A longer gap was left by the sweeper, which deletes what has ended. */
const longestGap = 32;

/**
 * What comes next, up to the first number whose sender may still store it: what is behind waits for it, so that everybody gets a
 * room's messages in their order. After the life of a send nothing is stored there any more, which a row of its own sees to.
 */
export async function readBatch(deps: ReadBatchDeps, conversationId: string, after: number): Promise<Batch> {
  const { entries, more } = await deps.log.entries(conversationId, after, batchEntries, deps.retention);
  const messages: Message[] = [];
  let bytes = 0;
  let upTo = after;
  for (const entry of entries) {
    const { header, message } = entry;
    if (header.seq > upTo + 1) {
      if (isYoung(header, deps.now()))
        return { messages, upTo, more: false, waitsUntil: epochMillis(header.sentAt + sendMillis) };
      if (!(await fenceBefore(deps, conversationId, upTo, entry))) return { messages, upTo, more: true };
    }
    bytes += message === undefined ? 0 : Buffer.byteLength(JSON.stringify(message));
    if (bytes > batchBytes && messages.length > 0) return { messages, upTo, more: true };
    if (message !== undefined) messages.push(message);
    upTo = header.seq;
  }
  return { messages, upTo, more };
}

/** False when something was stored there after all. */
async function fenceBefore(
  { log }: ReadBatchDeps,
  conversationId: string,
  upTo: number,
  { header: { seq, sentAt, expiresAt } }: RoomEntry,
): Promise<boolean> {
  const gap = seq - upTo - 1;
  if (gap > longestGap) return true;
  const numbers = Array.from({ length: gap }, (_, index) => upTo + 1 + index);
  const fenced = await Promise.all(
    numbers.map(async (each) => log.fence({ conversationId, seq: each, sentAt, expiresAt })),
  );
  return fenced.every(Boolean);
}
