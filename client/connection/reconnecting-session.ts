import type { Action, Result } from '../../shared/protocol/table.ts';
import type { ClientState } from '../events/client-state.ts';
import type { ClientSettings } from '../options/with-defaults.ts';
import { usualCapSeconds, waitFor } from '../time/backoff.ts';
import { type TimerSet, timerSet } from '../time/timer-set.ts';
import type { Fields, Request } from '../wire/actions.ts';
import { LapseError, notConnected, sessionOver } from '../wire/lapse-error.ts';
import { fetchToken } from './fetch-token.ts';
import { refusals } from './refusals.ts';
import { type Session, type SessionPush, startSession } from './session.ts';

/** One session after another: token, handshake, and a new one whenever it is lost. */
export type ReconnectingSession = {
  /** Begins a session, with the next try at once. */
  open(): void;
  close(): void;
  /** Again after a while, that grows with every failure. */
  retry(cause: LapseError): void;
  /** Again at once if this session has proved to work; otherwise a server that always says so would be hammered. */
  reconnect(cause: LapseError): void;
  renew(cause: LapseError): void;
  /** Whether the next session waits for its time to begin. */
  isWaiting(): boolean;
  resetBackoff(): void;
  /** Within how long the server wants those back who lose it all at once; it says so for the sessions after this one. */
  returnWithin(seconds?: number): void;
  /** The token was probably not accepted. */
  refreshToken(needed: boolean): void;
  /** Which session this is: what was begun under another one is void. */
  generation(): number;
  /** End with the session. */
  readonly timers: TimerSet;
  readonly request: Request;
};

export type ReconnectingSessionHooks = {
  readonly onOpen: () => void;
  readonly onPush: (push: SessionPush) => void;
  readonly onWaiting: (state: Extract<ClientState, { name: 'reconnecting' }>) => void;
  /** There is no use in going on: see `refusals`. */
  readonly onRefused: (cause: LapseError) => void;
  /** A request was answered with an error. */
  readonly onError: (error: LapseError) => void;
};

export function reconnectingSession(
  options: ClientSettings,
  hooks: ReconnectingSessionHooks,
): ReconnectingSession {
  const { clock, random } = options;
  const timers = timerSet(clock);
  let session: Session | undefined;
  let generation = 0;
  let failures = 0;
  let capSeconds = usualCapSeconds;
  let refresh = false;
  let waiting = false;
  const refused = refusals(options, (cause) => {
    drop();
    failures = 0;
    hooks.onRefused(cause);
  });

  /** Ends the present session and forgets everything that is still under way for it. */
  function drop(): void {
    generation += 1;
    waiting = false;
    timers.clear();
    session?.end();
    session = undefined;
  }

  function startAfter(cause: LapseError, delayMs: number): void {
    drop();
    waiting = true;
    timers.after(delayMs, () => void start());
    hooks.onWaiting({ name: 'reconnecting', attempt: failures, delayMs, cause });
  }

  function retryAfterBackoff(cause: LapseError): void {
    failures += 1;
    startAfter(cause, waitFor(cause, failures, random, capSeconds));
  }

  async function start(): Promise<void> {
    waiting = false;
    const begunIn = generation;
    const token = await fetchToken(options, refresh);
    if (begunIn !== generation) return;
    if (token instanceof LapseError) return retryAfterBackoff(token);
    try {
      session = startSession({
        ...options,
        ...hooks,
        token,
        onOpen() {
          refused.opened();
          hooks.onOpen();
        },
        onEnd(cause, opened) {
          // A browser does not tell a 401 from a broken line: a fresh token serves both.
          refresh = !opened;
          retryAfterBackoff(cause);
          if (!opened && cause.code !== 'TIMEOUT') refused.closed();
        },
      });
    } catch (error) {
      // The constructor throws for an address that is none and for a token that can be no sub-protocol.
      const cause = sessionOver('the socket cannot be opened', error);
      const again = refresh;
      refresh = true;
      retryAfterBackoff(cause);
      if (again) refused.impossible(cause);
    }
  }

  async function request<Name extends Action>(
    action: Name,
    fields: Fields<Name>,
    id?: string,
  ): Promise<Result<Name>> {
    const begunIn = generation;
    if (session === undefined) throw notConnected();
    try {
      return await session.request(action, fields, id);
    } catch (error) {
      if (begunIn === generation && error instanceof LapseError) hooks.onError(error);
      throw error;
    }
  }

  return {
    open() {
      drop();
      void start();
    },
    close() {
      drop();
      failures = 0;
      refused.forget();
    },
    retry: retryAfterBackoff,
    reconnect: (cause) => (failures === 0 ? startAfter(cause, 0) : retryAfterBackoff(cause)),
    renew: (cause) => startAfter(cause, 0),
    isWaiting: () => waiting,
    resetBackoff() {
      failures = 0;
    },
    // An earlier server says nothing.
    returnWithin(seconds = usualCapSeconds) {
      capSeconds = seconds;
    },
    refreshToken(needed) {
      refresh = needed;
    },
    generation: () => generation,
    timers,
    request,
  };
}
