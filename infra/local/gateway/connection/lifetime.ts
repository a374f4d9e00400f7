import type { CloseCause } from './connection.ts';

export type Lifetime = { touch(): void; stop(): void };

const goingAway: CloseCause = { code: 1001, reason: 'Going away' };

/** The idle timeout, which any frame in either direction restarts, and the hard end of every connection. */
export function lifetime(
  idleTimeoutMs: number,
  maxDurationMs: number,
  close: (cause: CloseCause) => void,
): Lifetime {
  const idle = setTimeout(close, idleTimeoutMs, goingAway);
  const end = setTimeout(close, maxDurationMs, goingAway);
  return {
    touch: () => {
      idle.refresh();
    },
    stop() {
      clearTimeout(idle);
      clearTimeout(end);
    },
  };
}
