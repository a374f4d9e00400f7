/**
 * What the next calls of `@connections` meet. `lose` answers 200 and delivers nothing; `drop` delivers and cuts the call in place
 * of an answer; `hang` delivers nothing and leaves the caller without an answer.
 */
type Fault =
  | { readonly kind: 'gone' | 'throttled' | 'error' | 'drop' | 'lose' | 'hang' }
  | { readonly kind: 'delay'; readonly ms: number };

type FaultTarget = {
  /** Every connection when absent. */
  readonly connectionId?: string;
  /** Until cleared when absent. */
  readonly times?: number;
};

type DisconnectFault = { readonly times: 0 | 1 | 2; readonly delayMs: number };

/** The switches by which a test makes the gateway lag, lose or refuse. */
export type GatewayFaults = {
  set(fault: Fault, target?: FaultTarget): void;
  /** Ends the fault of one connection, or all that were set without one. */
  clear(connectionId?: string): void;
  /** How often, and how late, `$disconnect` is invoked: best effort on AWS. */
  setDisconnects(fault: DisconnectFault): void;
  /** Milliseconds to hold back each frame of a client, asked frame by frame. */
  setFrameDelay(pick: () => number): void;
  /** Milliseconds for which a post that was answered 200 is under way; a DELETE overtakes it, and it is lost. */
  setPostDelay(ms: number): void;
  /** Posts that the account may make in a second; beyond them each is answered 429, whatever its connection. */
  setPostQuota(perSecond: number): void;
  /** Takes a post from the quota; false when there is none left. */
  takePost(): boolean;
  /** Takes one use of the fault that applies to the connection. */
  take(connectionId: string): Fault | undefined;
  disconnects(): DisconnectFault;
  frameDelay(): number;
  postDelay(): number;
};

const everyone = '*';

export function gatewayFaults(now: () => number = Date.now): GatewayFaults {
  const active = new Map<string, { readonly fault: Fault; left: number }>();
  let disconnects: DisconnectFault = { times: 1, delayMs: 0 };
  let postDelay = 0;
  let pickDelay = (): number => 0;
  let quota = Number.POSITIVE_INFINITY;
  let window = { second: 0, posts: 0 };
  return {
    set(fault, { connectionId = everyone, times = Number.POSITIVE_INFINITY } = {}) {
      active.set(connectionId, { fault, left: times });
    },
    clear(connectionId = everyone) {
      active.delete(connectionId);
    },
    setDisconnects(fault) {
      disconnects = fault;
    },
    setFrameDelay(pick) {
      pickDelay = pick;
    },
    setPostDelay(ms) {
      postDelay = ms;
    },
    setPostQuota(perSecond) {
      quota = perSecond;
    },
    takePost() {
      const second = Math.floor(now() / 1000);
      if (window.second !== second) window = { second, posts: 0 };
      window.posts += 1;
      return window.posts <= quota;
    },
    take(connectionId) {
      if (active.size === 0) return undefined;
      const key = active.has(connectionId) ? connectionId : everyone;
      const found = active.get(key);
      if (found === undefined) return undefined;
      found.left -= 1;
      if (found.left <= 0) active.delete(key);
      return found.fault;
    },
    disconnects: () => disconnects,
    frameDelay: () => pickDelay(),
    postDelay: () => postDelay,
  };
}
