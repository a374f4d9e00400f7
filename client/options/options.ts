import type { Cursors } from '../../shared/protocol/session/frames.ts';
import type { Clock } from '../time/clock.ts';
import type { SocketConstructor } from '../wire/socket.ts';

export type LapseClientOptions = {
  /** As in `wss://….execute-api.….amazonaws.com/v1`. */
  readonly url: string;
  /** Called before each connection. `refresh` says that the last token was probably not accepted: do not reuse it. */
  readonly token: (wanted: { readonly refresh: boolean }) => Promise<string>;
  /** The last seq that this person has seen of each conversation; later messages arrive as new ones. */
  readonly cursors?: Cursors;
  readonly WebSocket?: SocketConstructor;
  /** Takes media to the object store. */
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random?: () => number;
  readonly newId?: () => string;
  /** API Gateway gives a function 29 s. */
  readonly timeoutMs?: number;
  /** How long a message that overtook another is held before the other one is fetched from history. */
  readonly reorderMs?: number;
};
