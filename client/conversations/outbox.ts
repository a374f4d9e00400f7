import type { AskedSend } from '../../shared/protocol/messages/frames.ts';
import type { SendResult } from '../../shared/protocol/messages/table.ts';
import { waitFor } from '../time/backoff.ts';
import type { TimerSet } from '../time/timer-set.ts';
import { LapseError } from '../wire/lapse-error.ts';

export type Outgoing = Omit<AskedSend, 'action'>;

/** Messages that no ack has been seen for. Each is repeated with the same id, so the server stores it once. */
export type Outbox = {
  add(outgoing: Outgoing): Promise<SendResult>;
  resume(): void;
  pause(): void;
  /** Oldest first. */
  unsent(): readonly Outgoing[];
  rejectAll(error: LapseError): void;
};

export type OutboxOptions = {
  readonly timers: TimerSet;
  readonly random: () => number;
  readonly deliver: (outgoing: Outgoing) => Promise<SendResult>;
  readonly onSent: (outgoing: Outgoing, result: SendResult) => void;
};

type Entry = {
  readonly outgoing: Outgoing;
  readonly resolve: (result: SendResult) => void;
  readonly reject: (error: unknown) => void;
  failures: number;
};

const maxFailures = 10;
/** What the next connection cures: the message waits for it, and for nothing before. */
const waitsForConnection: ReadonlySet<string> = new Set([
  'NOT_CONNECTED',
  'TOKEN_EXPIRED',
  'CONSENT_REQUIRED',
]);

export function createOutbox({ timers, random, deliver, onSent }: OutboxOptions): Outbox {
  const entries: Entry[] = [];
  // One at a time per conversation: API Gateway runs the frames of one socket in parallel, in no order.
  const busy = new Set<string>();
  let running = false;

  const remove = (entry: Entry) => {
    const index = entries.indexOf(entry);
    if (index >= 0) entries.splice(index, 1);
  };

  async function attempt(entry: Entry): Promise<void> {
    const { conversationId } = entry.outgoing;
    busy.add(conversationId);
    try {
      const result = await deliver(entry.outgoing);
      remove(entry);
      onSent(entry.outgoing, result);
      entry.resolve(result);
      busy.delete(conversationId);
      pump();
    } catch (error) {
      failed(entry, error);
    }
  }

  function failed(entry: Entry, error: unknown): void {
    const { conversationId } = entry.outgoing;
    const again = () => {
      busy.delete(conversationId);
      pump();
    };
    const known = error instanceof LapseError ? error : undefined;
    if (known !== undefined && waitsForConnection.has(known.code)) {
      busy.delete(conversationId);
      return;
    }
    // Nobody knows when the other person comes: whoever wrote it is told, and can send it again.
    const waits = known?.code === 'WAITING';
    // A server that is busy is not failing: being told to slow down never makes a message fail.
    if (known?.code !== 'RATE_LIMITED') entry.failures += 1;
    if (known?.retryable === true && !waits && entry.failures < maxFailures) {
      timers.after(waitFor(known, Math.max(entry.failures, 1), random), again);
      return;
    }
    remove(entry);
    entry.reject(error);
    again();
  }

  function pump(): void {
    if (!running) return;
    for (const entry of [...entries]) {
      if (!busy.has(entry.outgoing.conversationId)) void attempt(entry);
    }
  }

  return {
    add: (outgoing) =>
      new Promise((resolve, reject) => {
        entries.push({ outgoing, resolve, reject, failures: 0 });
        pump();
      }),
    resume() {
      running = true;
      pump();
    },
    pause() {
      running = false;
    },
    unsent: () => entries.map(({ outgoing }) => outgoing),
    rejectAll(error) {
      running = false;
      busy.clear();
      for (const entry of entries.splice(0)) entry.reject(error);
    },
  };
}
