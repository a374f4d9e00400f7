import type { LapseClientOptions } from '../options/options.ts';
import { LapseError } from '../wire/lapse-error.ts';

/**
 * Tells when it is of no use to try again: the server is there and takes none of the tokens that the app has. Nothing else says so to a
 * browser, which is told neither the status of a refused handshake nor that there was one.
 */
export type Refusals = {
  /** One token was taken: from now on a refusal is a fault of the server, such as that it is too busy, and passes. */
  opened(): void;
  /** A handshake did not succeed. */
  closed(): void;
  /** No handshake can be made with what the app has given, the second time. */
  impossible(cause: unknown): void;
  forget(): void;
};

/** So many handshakes, the second and all later ones with a fresh token, take half a minute on average. */
const most = 8;

export function refusals(
  { url, fetch }: Pick<Required<LapseClientOptions>, 'url' | 'fetch'>,
  onRefused: (cause: LapseError) => void,
): Refusals {
  let count = 0;

  function refuse(cause?: unknown): void {
    count = 0;
    onRefused(new LapseError('TOKEN_REFUSED', 'the server takes no token of this app', false, { cause }));
  }

  /** Without a network nothing answers. What it answers, or with which status, a page may not see. */
  async function probe(): Promise<void> {
    const asked = count;
    try {
      await fetch(url.replace(/^ws/, 'http'), { mode: 'no-cors', cache: 'no-store' });
    } catch {
      return;
    }
    if (asked === count) refuse();
  }

  return {
    opened() {
      count = Number.NEGATIVE_INFINITY;
    },
    closed() {
      count += 1;
      if (count >= most) void probe();
    },
    impossible: refuse,
    forget() {
      count = 0;
    },
  };
}
