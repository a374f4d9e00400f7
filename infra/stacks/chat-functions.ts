import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type FunctionCode, RouteFunction } from '../constructs/route-function.ts';
import { writeExportSeconds } from './data-stack.ts';

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
    | 'expireConnections'
    | 'export'
    | 'writeExport'
    | 'tendExports',
    RouteFunction
  >
> & {
  /** Absent where messages are not stored. */
  readonly retryPush: RouteFunction | undefined;
  /** Absent where messages are not stored, or only their time to live deletes them. */
  readonly purge: RouteFunction | undefined;
  readonly admin: AdminFunctions;
};

/** The operator's commands, a function each: no route leads to them, only IAM principals may invoke them. */
export type AdminFunctions = {
  readonly consentShow: RouteFunction;
  readonly consentRecord: RouteFunction;
  readonly userExport: RouteFunction;
  /** Absent where messages are not stored: then nothing is retained. */
  readonly purgeStatus: RouteFunction | undefined;
  readonly retentionPreview: RouteFunction | undefined;
};

export type ChatFunctionsOptions = { readonly stored: boolean; readonly sweeps: boolean };

/** As long as a run may take; the next one goes on. */
const purgeSeconds = 300;

/** By these names the operator's command finds them; the stack's own name keeps two deployments apart. */
function adminFunctions(scope: Construct, code: FunctionCode, stored: boolean): AdminFunctions {
  const fn = (id: string, functionName: string) =>
    new RouteFunction(scope, id, {
      functionName,
      code,
      timeoutSeconds: 60,
      deployedName: `${Stack.of(scope).stackName}-${functionName}`,
    });
  return {
    consentShow: fn('AdminConsentShow', 'admin-consent-show'),
    consentRecord: fn('AdminConsentRecord', 'admin-consent-record'),
    userExport: fn('AdminUserExport', 'admin-user-export'),
    purgeStatus: stored ? fn('AdminPurgeStatus', 'admin-purge-status') : undefined,
    retentionPreview: stored ? fn('AdminRetentionPreview', 'admin-retention-preview') : undefined,
  };
}

export function chatFunctions(
  scope: Construct,
  code: FunctionCode,
  { stored, sweeps }: ChatFunctionsOptions,
): ChatFunctions {
  const fn = (id: string, functionName: string) => new RouteFunction(scope, id, { functionName, code });
  return {
    admin: adminFunctions(scope, code, stored),
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
    retryPush: stored ? fn('RetryPush', 'retry-push') : undefined,
    purge:
      stored && sweeps
        ? new RouteFunction(scope, 'Purge', { functionName: 'purge', code, timeoutSeconds: purgeSeconds })
        : undefined,
    expireConnections: fn('ExpireConnections', 'expire-connections'),
    export: fn('Export', 'export'),
    writeExport: new RouteFunction(scope, 'WriteExport', {
      functionName: 'write-export',
      code,
      timeoutSeconds: writeExportSeconds,
    }),
    tendExports: new RouteFunction(scope, 'TendExports', {
      functionName: 'tend-exports',
      code,
      timeoutSeconds: 60,
    }),
  };
}
