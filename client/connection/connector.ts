import type { HelloResult } from '../../shared/protocol/session/table.ts';
import type { ClientState } from '../events/client-state.ts';
import type { LapseClientOptions } from '../options/options.ts';
import type { ServerClock } from '../time/server-clock.ts';
import type { Request } from '../wire/actions.ts';
import { asLapseError, type LapseError, sessionOver } from '../wire/lapse-error.ts';
import { helloAll } from './hello-all.ts';
import { intervals } from './intervals.ts';
import type { SessionPush } from './session.ts';
import { sessionLine } from './session-line.ts';
import { upkeep } from './upkeep.ts';

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
  readonly cursors: () => Readonly<Record<string, number>>;
};

export function connector(
  options: Required<LapseClientOptions>,
  time: ServerClock,
  hooks: ConnectorHooks,
): Connector {
  const { clock } = options;
  let state: ClientState = { name: 'idle' };
  let greetedAt = Number.NEGATIVE_INFINITY;

  const line = sessionLine(options, {
    onOpen: () => void greet(),
    onPush(push) {
      if (push.kind === 'bye') bye(push.bye);
      else hooks.onPush(push);
    },
    onWaiting: become,
    onError: heed,
  });

  function become(next: ClientState): void {
    state = next;
    hooks.onState(next);
  }

  function bye({ reason, reconnect }: { reason: string; reconnect: boolean }): void {
    if (!reconnect) {
      stop(reason);
      return;
    }
    line.refreshToken(reason === 'TOKEN_EXPIRED');
    line.replace(sessionOver(`the server said bye: ${reason}`));
  }

  /** Undefined when another session has begun meanwhile. */
  async function hello(): Promise<HelloResult | undefined> {
    const mine = line.number();
    greetedAt = clock.now();
    try {
      const result = await helloAll(line.request, hooks.cursors());
      return mine === line.number() ? result : undefined;
    } catch (error) {
      if (mine === line.number()) line.lost(asLapseError(error));
      return undefined;
    }
  }

  async function askTime(): Promise<void> {
    const askedAt = clock.now();
    const answer = await line.request('ping', {}).catch(() => undefined);
    // Asleep in between, nobody can say when the answer was given.
    const slept = Math.abs(clock.now() - askedAt) > options.timeoutMs;
    if (answer !== undefined && !slept) time.heard(answer.serverTime, askedAt);
  }

  async function greet(): Promise<void> {
    const mine = line.number();
    // Without the server's time nobody can say which of the messages have ended.
    const [result] = await Promise.all([hello(), askTime()]);
    if (result === undefined || mine !== line.number()) return;
    line.refreshToken(false);
    upkeep(line.timers, options, {
      keepAlive: () => void Promise.all([greetAgain(), askTime()]),
      renew: () => line.replace(sessionOver('the session is renewed')),
    });
    if (result.consent.state !== 'granted') {
      line.proved();
      become({ name: 'consent-required', hello: result });
      return;
    }
    hooks.onHello(result);
    become({ name: 'online', hello: result });
    line.timers.after(intervals.secondHelloMs, () => void greetAgain());
  }

  async function greetAgain(): Promise<void> {
    const result = await hello();
    if (result === undefined) return;
    line.proved();
    if (result.consent.state !== 'granted') become({ name: 'consent-required', hello: result });
    // Granted on another device meanwhile: this session still stands under the old decision.
    else if (state.name === 'consent-required') line.replace(sessionOver('consent was given elsewhere'));
    else hooks.onHello(result);
  }

  function heed(error: LapseError): void {
    if (error.code === 'TOKEN_EXPIRED') {
      line.refreshToken(true);
      line.replace(error);
    } else if (error.code === 'CONSENT_REQUIRED' && state.name === 'online')
      void recheckConsent(error, state.hello);
  }

  /** The ledger and this session may disagree, when consent was given elsewhere after the session began. */
  async function recheckConsent(cause: LapseError, known: HelloResult): Promise<void> {
    become({ name: 'consent-required', hello: known });
    const result = await hello();
    if (result === undefined) return;
    if (result.consent.state === 'granted') line.lost(cause);
    else become({ name: 'consent-required', hello: result });
  }

  function stop(reason?: string): void {
    line.close();
    become({ name: 'closed', ...(reason === undefined ? {} : { reason }) });
  }

  return {
    start() {
      if (state.name !== 'idle' && state.name !== 'closed') return;
      become({ name: 'connecting' });
      line.open();
    },
    stop,
    renew: () => line.renew(sessionOver('the session is renewed')),
    refresh() {
      if (state.name === 'online') void greetAgain();
    },
    wake() {
      if (line.waiting()) line.open();
      else if (state.name === 'online' && clock.now() - greetedAt > intervals.freshMs) void greetAgain();
    },
    state: () => state,
    request: line.request,
  };
}
