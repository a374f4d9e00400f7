import type { FrameGuards } from '../../shared/protocol/guard.ts';
import type { Action, Result } from '../../shared/protocol/table.ts';
import type { Cancel, Clock } from '../time/clock.ts';
import type { Request } from '../wire/actions.ts';
import { frameOf } from '../wire/client-frame.ts';
import { LapseError, notConnected } from '../wire/lapse-error.ts';
import { type Incoming, parseServerFrame } from '../wire/server-frame.ts';
import { openSocket, type SocketConstructor } from '../wire/socket.ts';
import { isResult } from '../wire/told-frames.ts';
import { silenceWatch } from './silence-watch.ts';

/** One WebSocket from its opening to its end, with the requests that wait on it. */
export type Session = {
  readonly request: Request;
  /** Closes without calling `onEnd`; what still waits is rejected as not connected. */
  end(): void;
};

export type SessionPush = Exclude<Incoming, { kind: 'ack' | 'error' | 'unknown' }>;

export type SessionOptions = {
  readonly WebSocket: SocketConstructor;
  readonly url: string;
  readonly token: string;
  readonly guards: FrameGuards;
  readonly clock: Clock;
  readonly newId: () => string;
  /** API Gateway gives up on a function after 29 s: after that no answer will come. */
  readonly timeoutMs: number;
  readonly onOpen: () => void;
  readonly onPush: (push: SessionPush) => void;
  /** Called once. `opened` is false when the handshake was refused, as it is for a token that is not accepted. */
  readonly onEnd: (error: LapseError, opened: boolean) => void;
};

/** Of a ping while somebody waits: a server that is there needs a moment for it. */
const pingMs = 10_000;

type Pending = { settle(reply: object): void; reject(error: LapseError): void; cancelTimeout: Cancel };

export function startSession(options: SessionOptions): Session {
  const { clock, timeoutMs } = options;
  const pending = new Map<string, Pending>();
  let opened = false;
  let over = false;

  const socket = openSocket(options.WebSocket, options.url, options.token, {
    onOpen() {
      opened = true;
      cancelOpening();
      options.onOpen();
    },
    onText: (text) => receive(parseServerFrame(text, options.guards)),
    onClose: () => fail(notConnected()),
  });
  const silent = () => fail(new LapseError('TIMEOUT', 'no answer from the server', true));
  const cancelOpening = clock.after(timeoutMs, silent);
  const silence = silenceWatch(clock, () => request('ping', {}, options.newId(), pingMs));

  function finish(error: LapseError): void {
    over = true;
    cancelOpening();
    silence.stop();
    socket.close();
    for (const id of [...pending.keys()]) take(id)?.reject(error);
  }

  function fail(error: LapseError): void {
    if (over) return;
    finish(error);
    options.onEnd(error, opened);
  }

  function take(id: string): Pending | undefined {
    const found = pending.get(id);
    pending.delete(id);
    found?.cancelTimeout();
    return found;
  }

  function receive(incoming: Incoming): void {
    silence.heard();
    if (incoming.kind === 'ack') take(incoming.id)?.settle(incoming.reply);
    else if (incoming.kind === 'error') reject(incoming.id, incoming.error);
    else if (incoming.kind !== 'unknown') options.onPush(incoming);
  }

  /**
   * API Gateway's own frame has no id, and is of one request. What it turns away at once is the newest; what it gave up waiting for, or
   * what failed while it ran, the oldest. Should it be of another one: that it was not done is only said where it may be repeated.
   */
  function reject(id: string | null, error: LapseError): void {
    if (id !== null) return void take(id)?.reject(error);
    const waiting = [...pending.keys()];
    const atOnce = error.code === 'RATE_LIMITED' || error.code === 'UNKNOWN_ACTION';
    const guessed = waiting.length > 1 && !error.retryable;
    const likeliest = waiting.at(atOnce ? -1 : 0);
    const said = guessed ? new LapseError('INTERNAL', 'internal error', true) : error;
    if (likeliest !== undefined) take(likeliest)?.reject(said);
  }

  function request<Name extends Action>(
    action: Name,
    fields: object,
    id = options.newId(),
    withinMs = timeoutMs,
  ): Promise<Result<Name>> {
    return new Promise((resolve, rejectRequest) => {
      if (over || !opened) return rejectRequest(notConnected());
      const frame = frameOf({ ...fields, action, id });
      pending.set(id, {
        settle(reply) {
          if (isResult(options.guards, action, reply)) resolve(reply);
          else rejectRequest(new LapseError('INTERNAL', 'the answer does not fit the request', false));
        },
        reject: rejectRequest,
        cancelTimeout: clock.after(withinMs, silent),
      });
      silence.asked(action);
      socket.send(frame);
    });
  }

  return {
    request,
    end() {
      if (!over) finish(notConnected());
    },
  };
}
