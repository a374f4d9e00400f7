import type { Action } from '../../shared/protocol/table.ts';
import type { Cancel, Clock } from '../time/clock.ts';

/** Has a connection that says nothing tested while somebody waits for what may come. */
export type SilenceWatch = {
  /** The server has said something. */
  heard(): void;
  /** Something was asked of it. */
  asked(action: Action): void;
  stop(): void;
};

/** A dead path is found so long after the last word, and the time that a ping may take: within a minute. */
const silentMs = 45_000;
/** Who has written or read something waits so long for what the others say to it. A ping costs as much as a message. */
const waitsMs = 120_000;
/** What only a person does who looks at the chat. */
const ofPeople: ReadonlySet<Action> = new Set(['send', 'read', 'typing']);

export function silenceWatch(clock: Clock, ping: () => Promise<unknown>): SilenceWatch {
  let quietSince = clock.now();
  let waitsUntil = 0;
  let cancel: Cancel | undefined;

  function watch(): void {
    cancel = clock.after(Math.max(0, quietSince + silentMs - clock.now()), () => {
      cancel = undefined;
      if (clock.now() >= waitsUntil) return;
      if (clock.now() - quietSince < silentMs) watch();
      // Without an answer the session ends, and this with it.
      else ping().then(watch, () => undefined);
    });
  }

  return {
    heard() {
      quietSince = clock.now();
    },
    asked(action) {
      if (!ofPeople.has(action)) return;
      // An answer to this is waited for by whoever has asked it.
      quietSince = clock.now();
      waitsUntil = quietSince + waitsMs;
      if (cancel === undefined) watch();
    },
    stop: () => cancel?.(),
  };
}
