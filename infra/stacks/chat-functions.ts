import { Stack } from 'aws-cdk-lib';
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
    | 'upload'
    | 'download'
    | 'history'
    | 'profile'
    | 'ping'
    | 'expireConnections',
    RouteFunction
  >
> & {
  /** Absent where messages are not stored. */
  readonly retryPush: RouteFunction | undefined;
  /** Absent where messages are not stored: then there is no media. */
  readonly processMedia: RouteFunction | undefined;
  readonly sweepUploads: RouteFunction | undefined;
  /** Absent where messages are not stored, or only their time to live deletes them. */
  readonly purge: RouteFunction | undefined;
  readonly admin: AdminFunctions;
};

/** The operator's commands, a function each: no route leads to them, only IAM principals may invoke them. */
export type AdminFunctions = {
  readonly consentShow: RouteFunction;
  readonly consentRecord: RouteFunction;
  /** Absent where messages are not stored: then nothing is retained. */
  readonly purgeStatus: RouteFunction | undefined;
  readonly retentionPreview: RouteFunction | undefined;
};

export type ChatFunctionsOptions = { readonly stored: boolean; readonly sweeps: boolean };

/** As long as a run may take; the next one goes on. */
const purgeSeconds = 300;

/** The media is in memory, decoded too. The time is what `admissionMarginSeconds` allows for. */
const processing = { timeoutSeconds: 60, memoryMegabytes: 2_048 };

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
    upload: fn('Upload', 'upload'),
    download: fn('Download', 'download'),
    history: fn('History', 'history'),
    profile: fn('Profile', 'profile'),
    ping: fn('Ping', 'ping'),
    processMedia: stored
      ? new RouteFunction(scope, 'ProcessMedia', { functionName: 'process-media', code, ...processing })
      : undefined,
    sweepUploads: stored
      ? new RouteFunction(scope, 'SweepUploads', { functionName: 'sweep-uploads', code, timeoutSeconds: 60 })
      : undefined,
    retryPush: stored ? fn('RetryPush', 'retry-push') : undefined,
    purge:
      stored && sweeps
        ? new RouteFunction(scope, 'Purge', { functionName: 'purge', code, timeoutSeconds: purgeSeconds })
        : undefined,
    expireConnections: fn('ExpireConnections', 'expire-connections'),
  };
}
