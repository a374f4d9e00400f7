import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ChatFunction, type FunctionCode } from '../constructs/chat-function.ts';
import { writeExportSeconds } from './data-stack.ts';
import { type AdminFunction, type ErasureFunctions, erasureFunctions } from './erasure-functions.ts';
import { holdSeconds } from './hold-times.ts';

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
    | 'members'
    | 'send'
    | 'upload'
    | 'download'
    | 'history'
    | 'read'
    | 'typing'
    | 'profile'
    | 'ping'
    | 'expireConnections'
    | 'export'
    | 'writeExport'
    | 'tendExports',
    ChatFunction
  >
> & {
  /** Absent where messages are not stored. */
  readonly retryPush: ChatFunction | undefined;
  /** Absent where there is no media: neither stored nor handed over. */
  readonly processMedia: ChatFunction | undefined;
  /** Absent where messages are not stored. */
  readonly sweepUploads: ChatFunction | undefined;
  /** Absent where media is not handed over. */
  readonly sweepHandovers: ChatFunction | undefined;
  /** Absent where messages are not stored, or only their time to live deletes them. */
  readonly purge: ChatFunction | undefined;
  readonly applyHolds: ChatFunction;
  readonly admin: AdminFunctions;
  readonly erasure: ErasureFunctions;
};

/** The operator's commands, a function each: no route leads to them, only IAM principals may invoke them. */
export type AdminFunctions = {
  readonly consentShow: ChatFunction;
  readonly consentRecord: ChatFunction;
  readonly hold: ChatFunction;
  readonly release: ChatFunction;
  readonly userExport: ChatFunction;
  /** Absent where messages are not stored: then nothing is retained. */
  readonly purgeStatus: ChatFunction | undefined;
  readonly retentionPreview: ChatFunction | undefined;
};

export type ChatFunctionsOptions = {
  readonly stored: boolean;
  readonly handsOver: boolean;
  readonly sweeps: boolean;
};

/** As long as a run may take; the next one goes on. */
const purgeSeconds = 300;

/** The media is in memory, decoded too. The time is what `admissionMarginSeconds` allows for. */
const processing = { timeoutSeconds: 60, memoryMegabytes: 2_048 };

/** By these names the operator's command finds them; the stack's own name keeps two deployments apart. */
function adminFunction(scope: Construct, code: FunctionCode): AdminFunction {
  return (id, functionName) =>
    new ChatFunction(scope, id, {
      functionName,
      code,
      timeoutSeconds: 60,
      deployedName: `${Stack.of(scope).stackName}-${functionName}`,
    });
}

function adminFunctions(fn: AdminFunction, stored: boolean): AdminFunctions {
  return {
    consentShow: fn('AdminConsentShow', 'admin-consent-show'),
    consentRecord: fn('AdminConsentRecord', 'admin-consent-record'),
    hold: fn('AdminHold', 'admin-hold'),
    release: fn('AdminRelease', 'admin-release'),
    userExport: fn('AdminUserExport', 'admin-user-export'),
    purgeStatus: stored ? fn('AdminPurgeStatus', 'admin-purge-status') : undefined,
    retentionPreview: stored ? fn('AdminRetentionPreview', 'admin-retention-preview') : undefined,
  };
}

export function chatFunctions(
  scope: Construct,
  code: FunctionCode,
  { stored, handsOver, sweeps }: ChatFunctionsOptions,
): ChatFunctions {
  const fn = (id: string, functionName: string) => new ChatFunction(scope, id, { functionName, code });
  const admin = adminFunction(scope, code);
  return {
    admin: adminFunctions(admin, stored),
    erasure: erasureFunctions(scope, code, admin),
    authorize: fn('Authorize', 'authorize'),
    connect: fn('Connect', 'connect'),
    disconnect: fn('Disconnect', 'disconnect'),
    default: fn('DefaultRoute', 'default'),
    hello: fn('Hello', 'hello'),
    conversations: fn('Conversations', 'conversations'),
    consent: fn('Consent', 'consent'),
    open: fn('Open', 'open'),
    members: fn('Members', 'members'),
    send: fn('Send', 'send'),
    upload: fn('Upload', 'upload'),
    download: fn('Download', 'download'),
    history: fn('History', 'history'),
    read: fn('Read', 'read'),
    typing: fn('Typing', 'typing'),
    profile: fn('Profile', 'profile'),
    ping: fn('Ping', 'ping'),
    processMedia:
      stored || handsOver
        ? new ChatFunction(scope, 'ProcessMedia', { functionName: 'process-media', code, ...processing })
        : undefined,
    sweepUploads: stored
      ? new ChatFunction(scope, 'SweepUploads', { functionName: 'sweep-uploads', code, timeoutSeconds: 60 })
      : undefined,
    sweepHandovers: handsOver
      ? new ChatFunction(scope, 'SweepHandovers', {
          functionName: 'sweep-handovers',
          code,
          timeoutSeconds: 60,
        })
      : undefined,
    retryPush: stored ? fn('RetryPush', 'retry-push') : undefined,
    purge:
      stored && sweeps
        ? new ChatFunction(scope, 'Purge', { functionName: 'purge', code, timeoutSeconds: purgeSeconds })
        : undefined,
    applyHolds: new ChatFunction(scope, 'ApplyHolds', {
      functionName: 'apply-holds',
      code,
      timeoutSeconds: holdSeconds,
    }),
    expireConnections: fn('ExpireConnections', 'expire-connections'),
    export: fn('Export', 'export'),
    writeExport: new ChatFunction(scope, 'WriteExport', {
      functionName: 'write-export',
      code,
      timeoutSeconds: writeExportSeconds,
    }),
    tendExports: new ChatFunction(scope, 'TendExports', {
      functionName: 'tend-exports',
      code,
      timeoutSeconds: 60,
    }),
  };
}
