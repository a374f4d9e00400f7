import type { Construct } from 'constructs';
import { type FunctionCode, RouteFunction } from '../constructs/route-function.ts';

/** Every function there is, by its folder in `functions/`. */
export type ChatFunctions = Readonly<
  Record<
    | 'authorize'
    | 'connect'
    | 'disconnect'
    | 'default'
    | 'hello'
    | 'conversations'
    | 'consent'
    | 'open'
    | 'send'
    | 'history'
    | 'ping'
    | 'expireConnections',
    RouteFunction
  >
> & {
  /** Absent where messages are not stored. */
  readonly retryPush: RouteFunction | undefined;
  /** Absent where messages are not stored, or only their time to live deletes them. */
  readonly purge: RouteFunction | undefined;
};

export type ChatFunctionsOptions = { readonly stored: boolean; readonly sweeps: boolean };

/** As long as a run may take; the next one goes on. */
const purgeSeconds = 300;

export function chatFunctions(
  scope: Construct,
  code: FunctionCode,
  { stored, sweeps }: ChatFunctionsOptions,
): ChatFunctions {
  const fn = (id: string, functionName: string) => new RouteFunction(scope, id, { functionName, code });
  return {
    authorize: fn('Authorize', 'authorize'),
    connect: fn('Connect', 'connect'),
    disconnect: fn('Disconnect', 'disconnect'),
    default: fn('DefaultRoute', 'default'),
    hello: fn('Hello', 'hello'),
    conversations: fn('Conversations', 'conversations'),
    consent: fn('Consent', 'consent'),
    open: fn('Open', 'open'),
    send: fn('Send', 'send'),
    history: fn('History', 'history'),
    ping: fn('Ping', 'ping'),
    retryPush: stored ? fn('RetryPush', 'retry-push') : undefined,
    purge:
      stored && sweeps
        ? new RouteFunction(scope, 'Purge', { functionName: 'purge', code, timeoutSeconds: purgeSeconds })
        : undefined,
    expireConnections: fn('ExpireConnections', 'expire-connections'),
  };
}
