import type { Action, Fields, Request, Results } from './actions.ts';
import { backoff } from './backoff.ts';
import type { ClientState } from './client-state.ts';
import { fetchToken } from './fetch-token.ts';
import { helloAll } from './hello-all.ts';
import { intervals } from './intervals.ts';
import { asLapseError, LapseError, notConnected } from './lapse-error.ts';
import type { LapseClientOptions } from './options.ts';
import type { Incoming } from './server-frame.ts';
import { type Session, startSession } from './session.ts';
import { timerSet } from './timer-set.ts';
import { upkeep } from './upkeep.ts';

/** Keeps one session alive: token, handshake, hello, keep-alive, renewal, and a new one whenever it is lost. */
export type Connector = {
  start(): void;
  stop(reason?: string): void;
  /** A new session at once, because the server decides by what it knew when the old one began. */
  renew(): void;
  /** Says hello again on the session there is, because something has turned up that the last one did not list. */
  refresh(): void;
  state(): ClientState;
  readonly request: Request;
};

export type ConnectorHooks = {
  readonly onState: (state: ClientState) => void;
  readonly onPush: (
    push: Extract<Incoming, { kind: 'messages' | 'read' | 'typing' | 'erased' | 'erasure' | 'push' }>,
  ) => void;
  /** A hello with consent, at the start of a session and again a little later. */
  readonly onHello: (hello: Results['hello']) => void;
  readonly cursors: () => Readonly<Record<string, number>>;
};

export function connector(options: Required<LapseClientOptions>, hooks: ConnectorHooks): Connector {
  const { clock, random } = options;
  const timers = timerSet(clock);
  let state: ClientState = { name: 'idle' };
  let session: Session | undefined;
  let generation = 0;
  let failures = 0;
  let refresh = false;

  function become(next: ClientState): void {
    state = next;
    hooks.onState(next);
  }

  /** Ends the present session and forgets everything that is still under way for it. */
  function drop(): void {
    generation += 1;
    timers.clear();
    session?.end();
    session = undefined;
  }

  function retry(cause: LapseError, delayMs: number): void {
    drop();
    timers.after(delayMs, () => void open());
    become({ name: 'reconnecting', attempt: failures, delayMs, cause });
  }

  function lost(cause: LapseError): void {
    failures += 1;
    retry(cause, backoff(failures, random));
  }

  /** Not a failure when the session has proved to work; otherwise a server that always says so would be hammered. */
  function replace(cause: LapseError): void {
    if (failures === 0) retry(cause, 0);
    else lost(cause);
  }

  async function open(): Promise<void> {
    const mine = generation;
    const token = await fetchToken(options.token, refresh);
    if (mine !== generation) return;
    if (token instanceof LapseError) {
      lost(token);
      return;
    }
    try {
      session = startSession({
        ...options,
        token,
        onOpen: () => void greet(mine),
        onPush: (push) => (push.kind === 'bye' ? bye(push.bye) : hooks.onPush(push)),
        onEnd(cause, opened) {
          // A browser does not tell a 401 from a broken line: a fresh token serves both.
          refresh = !opened;
          lost(cause);
        },
      });
    } catch (error) {
      lost(lostFor('the socket cannot be opened', error));
    }
  }

  function bye({ reason, reconnect }: { reason: string; reconnect: boolean }): void {
    if (!reconnect) {
      stop(reason);
      return;
    }
    refresh = reason === 'TOKEN_EXPIRED';
    replace(lostFor(`the server said bye: ${reason}`));
  }

  async function hello(mine: number): Promise<Results['hello'] | undefined> {
    try {
      const result = await helloAll(request, hooks.cursors());
      return mine === generation ? result : undefined;
    } catch (error) {
      if (mine === generation) lost(asLapseError(error));
      return undefined;
    }
  }

  async function greet(mine: number): Promise<void> {
    const result = await hello(mine);
    if (result === undefined) return;
    refresh = false;
    upkeep(timers, random, {
      keepAlive: () => void greetAgain(mine),
      renew: () => replace(lostFor('the session is renewed')),
    });
    if (result.consent.state !== 'granted') {
      failures = 0;
      become({ name: 'consent-required', hello: result });
      return;
    }
    hooks.onHello(result);
    become({ name: 'online', hello: result });
    timers.after(intervals.secondHelloMs, () => void greetAgain(mine));
  }

  async function greetAgain(mine: number): Promise<void> {
    const result = await hello(mine);
    if (result === undefined) return;
    failures = 0;
    if (result.consent.state !== 'granted') become({ name: 'consent-required', hello: result });
    // Granted on another device meanwhile: this session still stands under the old decision.
    else if (state.name === 'consent-required') replace(lostFor('consent was given elsewhere'));
    else hooks.onHello(result);
  }

  async function request<Name extends Action>(
    action: Name,
    fields: Fields<Name>,
    id?: string,
  ): Promise<Results[Name]> {
    const current = session;
    const mine = generation;
    if (current === undefined) throw notConnected();
    try {
      return await current.request(action, fields, id);
    } catch (error) {
      if (mine === generation && error instanceof LapseError) heed(error, mine);
      throw error;
    }
  }

  function heed(error: LapseError, mine: number): void {
    if (error.code === 'TOKEN_EXPIRED') {
      refresh = true;
      replace(error);
    } else if (error.code === 'CONSENT_REQUIRED' && state.name === 'online') void recheckConsent(error, mine);
  }

  /** The ledger and this session may disagree, when consent was given elsewhere after the session began. */
  async function recheckConsent(cause: LapseError, mine: number): Promise<void> {
    if (state.name === 'online') become({ name: 'consent-required', hello: state.hello });
    const result = await hello(mine);
    if (result === undefined) return;
    if (result.consent.state === 'granted') lost(cause);
    else become({ name: 'consent-required', hello: result });
  }

  function stop(reason?: string): void {
    drop();
    become({ name: 'closed', ...(reason === undefined ? {} : { reason }) });
  }

  return {
    start() {
      if (state.name !== 'idle' && state.name !== 'closed') return;
      failures = 0;
      become({ name: 'connecting' });
      void open();
    },
    stop,
    renew() {
      retry(lostFor('the session is renewed'), 0);
    },
    refresh() {
      if (state.name === 'online') void greetAgain(generation);
    },
    state: () => state,
    request,
  };
}

const lostFor = (message: string, cause?: unknown): LapseError =>
  new LapseError('NOT_CONNECTED', message, true, { cause });
