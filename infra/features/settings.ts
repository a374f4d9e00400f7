import { type EventKind, eventKinds } from '../../shared/configuration/event-kinds.ts';
import type { EnvironmentKey } from '../../shared/runtime/environment.ts';
import type { TokenProvider } from '../configuration/access.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { kindsOfMessages } from '../configuration/events.ts';

/** The operator's decisions as the functions read them. A function is told those that its feature names, and no others. */
export function settingsOf(configuration: Configuration, provider: TokenProvider) {
  const { messages, profiles, policy, minimumAge, purge } = configuration;
  return {
    policyVersion: policy.version,
    policyDigest: policy.digest,
    policyUrl: policy.url,
    tokenGraceSeconds: String(configuration.auth.graceSeconds),
    tokenIssuer: provider.issuer,
    tokenAudience: provider.audience,
    tokenJwksUri: provider.jwksUri,
    allowedOrigins: JSON.stringify(configuration.origins),
    nativeClients: String(configuration.nativeClients),
    minimumAgeOverrides: JSON.stringify(minimumAge.overrides),
    ageAssurance: minimumAge.assurance,
    ageRefusalSeconds: String(minimumAge.refusalSeconds),
    groups: JSON.stringify(configuration.groups),
    reach: JSON.stringify(configuration.reach),
    senders: JSON.stringify(configuration.senders),
    limits: JSON.stringify(configuration.limits),
    messagesStored: String(messages.stored),
    messageRetentionSeconds: String(messages.retentionSeconds),
    editSeconds: String(configuration.edit.windowSeconds),
    recallSeconds: String(configuration.recall.windowSeconds),
    handoverSeconds: String(messages.handoverSeconds),
    reconnectWithinSeconds: String(configuration.connections.reconnectWithinSeconds),
    roomsOpened: String(configuration.rooms.open === 'anyone'),
    roomsJoin: JSON.stringify(configuration.rooms.join),
    callbacksPerSecond: String(configuration.rooms.callbacksPerSecond),
    purgeBoundSeconds: String(purge.boundSeconds ?? 0),
    profilesStored: String(profiles.stored),
    profileRetentionSeconds: String(profiles.retentionSeconds),
    // What is not stored cannot be copied.
    reportSeconds: String(messages.stored ? configuration.reports.keepSeconds : 0),
    proofSeconds: String(configuration.proofPeriod),
    presenceDefault: configuration.presence.default,
    reviewFunction: configuration.review?.functionArn ?? '',
    reviewMillis: String(configuration.review?.timeoutMs ?? 0),
    sensitiveData: configuration.sensitiveData,
    nationalIdCountries: JSON.stringify(configuration.nationalIdCountries),
    notifications: JSON.stringify(withoutRecipient(configuration.notifications)),
    events: JSON.stringify({ ...configuration.events, kinds: kindsToldOf(configuration) }),
  } satisfies Readonly<Partial<Record<EnvironmentKey, string>>>;
}

/** Null where nobody is notified. */
function withoutRecipient(notifications: Configuration['notifications']): object | null {
  if (notifications === undefined) return null;
  const { recipient: _, ...rest } = notifications;
  return rest;
}

/** All that there can be, unless the operator lists some. */
function kindsToldOf({ events, messages }: Configuration): readonly EventKind[] {
  const ofMessages: readonly EventKind[] = kindsOfMessages;
  return events?.kinds ?? eventKinds.filter((kind) => messages.stored || !ofMessages.includes(kind));
}

export type Settings = ReturnType<typeof settingsOf>;
export type Setting = keyof Settings;

/** The policy that people have to have consented to. */
export const policySettings = ['policyVersion', 'policyDigest'] as const satisfies readonly Setting[];

/** What an age is decided by, and for how long. */
export const ageSettings = [
  'minimumAgeOverrides',
  'ageAssurance',
  'ageRefusalSeconds',
] as const satisfies readonly Setting[];

/** What every function behind a route needs to know whether the sender may still speak. */
export const sessionSettings = [...policySettings, 'tokenGraceSeconds'] as const satisfies readonly Setting[];
