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
    | 'profile'
    | 'ping'
    | 'expireConnections',
    RouteFunction
  >
> & {
  /** Absent where messages are not stored. */
  readonly retryPush: RouteFunction | undefined;
};

export function chatFunctions(
  scope: Construct,
  code: FunctionCode,
  { retries }: { retries: boolean },
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
    profile: fn('Profile', 'profile'),
    ping: fn('Ping', 'ping'),
    retryPush: retries ? fn('RetryPush', 'retry-push') : undefined,
    expireConnections: fn('ExpireConnections', 'expire-connections'),
  };
}
