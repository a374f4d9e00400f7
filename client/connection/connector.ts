import type { Cursors } from '../../shared/protocol/session/frames.ts';
import type { HelloResult } from '../../shared/protocol/session/table.ts';
import type { ClientState } from '../events/client-state.ts';
import type { ClientSettings } from '../options/with-defaults.ts';
import type { ServerClock } from '../time/server-clock.ts';
import type { Request } from '../wire/actions.ts';
import { asLapseError, type LapseError, sessionOver } from '../wire/lapse-error.ts';
import { heartbeat } from './heartbeat.ts';
import { helloAll } from './hello-all.ts';
import { intervals } from './intervals.ts';
import { reconnectingSession } from './reconnecting-session.ts';
import type { SessionPush } from './session.ts';

/** Greets each session, and says by the answer where the client stands. */
export type Connector = {
  start(): void;
  stop(reason?: string): void;
  /** A new session at once, because the server decides by what it knew when the old one began. */
  renew(): void;
  /** Says hello again on the session there is, because something has turned up that the last one did not list. */
  refresh(): void;
  /** Whoever waits for the next try waits no longer; whoever is online looks whether they still are. */
  wake(): void;
  state(): ClientState;
  readonly request: Request;
};

export type ConnectorHooks = {
  readonly onState: (state: ClientState) => void;
  readonly onPush: (push: Exclude<SessionPush, { kind: 'bye' }>) => void;
  /** A hello with consent, at the start of a session and again a little later. */
  readonly onHello: (hello: HelloResult) => void;
  readonly cursors: () => Cursors;
};

const renewed = () => sessionOver('the session is renewed');

export function connector(options: ClientSettings, time: ServerClock, hooks: ConnectorHooks): Connector {
  const { clock } = options;
  let state: ClientState = { name: 'idle' };
  let lastHelloAt = Number.NEGATIVE_INFINITY;

  const session = reconnectingSession(options, {
    onOpen: () => void onOpen(),
    onPush(push) {
      if (push.kind === 'bye') onBye(push.push);
      else hooks.onPush(push);
    },
    onWaiting: setState,
    onRefused: (cause) => setState({ name: 'refused', cause }),
    onError: onRequestError,
  });

  function setState(next: ClientState): void {
    state = next;
    hooks.onState(next);
  }

  const askForConsent = (hello: HelloResult) => setState({ name: 'consent-required', hello });

  function onBye({ reason, reconnect }: { reason: string; reconnect: boolean }): void {
    if (!reconnect) {
      stop(reason);
      return;
    }
    session.refreshToken(reason === 'TOKEN_EXPIRED');
    session.reconnect(sessionOver(`the server said bye: ${reason}`));
  }

  /** Undefined when another session has begun meanwhile. */
  async function hello(): Promise<HelloResult | undefined> {
    const generation = session.generation();
    lastHelloAt = clock.now();
    try {
      const result = await helloAll(session.request, hooks.cursors());
      session.returnWithin(result.reconnectWithinSeconds);
      return generation === session.generation() ? result : undefined;
    } catch (error) {
      if (generation === session.generation()) session.retry(asLapseError(error));
      return undefined;
    }
  }

  async function syncClock(): Promise<void> {
    const askedAt = clock.now();
    const answer = await session.request('ping', {}).catch(() => undefined);
    // Asleep in between, nobody can say when the answer was given.
    const slept = Math.abs(clock.now() - askedAt) > options.timeoutMs;
    if (answer !== undefined && !slept) time.sync(answer.serverTime, askedAt);
  }

  async function onOpen(): Promise<void> {
    const generation = session.generation();
    // Without the server's time nobody can say which of the messages have ended.
    const [result] = await Promise.all([hello(), syncClock()]);
    if (result === undefined || generation !== session.generation()) return;
    session.refreshToken(false);
    heartbeat(session.timers, options, {
      // Where consent is missing it may have been given elsewhere; everybody else is only to be kept.
      keepAlive: () => void (state.name === 'consent-required' ? repeatHello() : syncClock()),
      check: () => void Promise.all([repeatHello(), syncClock()]),
      renew: () => session.reconnect(renewed()),
    });
    if (result.consent.state !== 'granted') {
      session.resetBackoff();
      askForConsent(result);
      return;
    }
    hooks.onHello(result);
    setState({ name: 'online', hello: result });
    session.timers.after(intervals.secondHelloMs, () => void repeatHello());
  }

  async function repeatHello(): Promise<void> {
    const result = await hello();
    if (result === undefined) return;
    session.resetBackoff();
    if (result.consent.state !== 'granted') askForConsent(result);
    // Granted on another device meanwhile: this session still stands under the old decision.
    else if (state.name === 'consent-required') session.reconnect(sessionOver('consent was given elsewhere'));
    else hooks.onHello(result);
  }

  function onRequestError(error: LapseError): void {
    if (error.code === 'TOKEN_EXPIRED') {
      session.refreshToken(true);
      session.reconnect(error);
    } else if (error.code === 'CONSENT_REQUIRED' && state.name === 'online')
      void recheckConsent(error, state.hello);
  }

  /** The ledger and this session may disagree, when consent was given elsewhere after the session began. */
  async function recheckConsent(cause: LapseError, known: HelloResult): Promise<void> {
    askForConsent(known);
    const result = await hello();
    if (result === undefined) return;
    if (result.consent.state === 'granted') session.retry(cause);
    else askForConsent(result);
  }

  function stop(reason?: string): void {
    session.close();
    setState({ name: 'closed', ...(reason === undefined ? {} : { reason }) });
  }

  return {
    start() {
      if (state.name !== 'idle' && state.name !== 'closed' && state.name !== 'refused') return;
      setState({ name: 'connecting' });
      session.open();
    },
    stop,
    renew: () => session.renew(renewed()),
    refresh() {
      if (state.name === 'online') void repeatHello();
    },
    wake() {
      if (session.isWaiting()) session.open();
      else if (state.name === 'online' && clock.now() - lastHelloAt > intervals.freshMs) void repeatHello();
    },
    state: () => state,
    request: session.request,
  };
}
