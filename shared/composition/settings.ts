import { setTimeout as wait } from 'node:timers/promises';
import { storesOf } from '../protocol/personal-stores.ts';
import type { Environment } from '../runtime/environment.ts';
import { logger } from '../runtime/logger.ts';
import { metrics as metricsUnder } from '../runtime/metrics.ts';
import { policyFingerprint as fingerprintOf } from '../stores/consents/consent-entry.ts';
import { type Pause, systemClock } from '../time.ts';

/** What the operator decided, and what every function has. */
export const now = () => systemClock;
export const pause = (): Pause => async (millis) => wait(millis);
export const log = () => logger();
export const metrics = ({ metricNamespace }: Environment) => metricsUnder(metricNamespace);

export const policy = ({ policyVersion: version, policyDigest: digest }: Environment) => ({
  version,
  digest,
});
export const policyFingerprint = (environment: Environment) => fingerprintOf(policy(environment));
export const policyUrl = (environment: Environment) => environment.policyUrl;
export const graceSeconds = ({ tokenGraceSeconds }: Environment) => tokenGraceSeconds;
export const minimumAgeOverrides = (environment: Environment) => environment.minimumAgeOverrides;
export const ageAssurance = (environment: Environment) => environment.ageAssurance;
export const ageRefusalSeconds = ({ ageRefusalSeconds: seconds }: Environment) => seconds;

/** Who sees whether somebody is there who has said nothing of it. */
export const presenceDefault = (environment: Environment) => environment.presenceDefault;

export const reach = (environment: Environment) => environment.reach;
export const groups = (environment: Environment) => environment.groups;
export const mentionAll = ({ groups: { mentionAll: who } }: Environment) => who;
export const pinsInGroups = ({ groups: { pin } }: Environment) => pin;
export const limits = (environment: Environment) => environment.limits;
export const connectionsPerUser = ({ limits: { connectionsPerUser: sockets } }: Environment) => sockets;
export const conversationsPage = ({ limits: { conversationsPage: entries } }: Environment) => entries;

/** Whether people make rooms here. */
export const roomsOpened = (environment: Environment) => environment.roomsOpened;
/** Who may come into one. */
export const roomsJoin = (environment: Environment) => environment.roomsJoin;
export const callbacksPerSecond = (environment: Environment) => environment.callbacksPerSecond;

export const messagesStored = (environment: Environment) => environment.messagesStored;
export const profilesStored = (environment: Environment) => environment.profilesStored;
export const stored = (environment: Environment) => ({
  messages: environment.messagesStored,
  profiles: environment.profilesStored,
});
export const retentionSeconds = ({ messageRetentionSeconds }: Environment) => messageRetentionSeconds;
export const profileRetentionSeconds = (environment: Environment) => environment.profileRetentionSeconds;
/** How long a title may outlast its author's being here; 0 where none is kept. */
export const titleSeconds = ({ profilesStored: isKept, profileRetentionSeconds: seconds }: Environment) =>
  isKept ? seconds : 0;
export const editSeconds = (environment: Environment) => environment.editSeconds;
export const recallSeconds = (environment: Environment) => environment.recallSeconds;
export const handoverSeconds = (environment: Environment) => environment.handoverSeconds;
export const reportSeconds = (environment: Environment) => environment.reportSeconds;
export const proofSeconds = (environment: Environment) => environment.proofSeconds;
/** Undefined where only the stores' own time to live deletes. */
export const purgeBoundSeconds = ({ purgeBoundSeconds: seconds }: Environment) =>
  seconds === 0 ? undefined : seconds;
/** The stores that this deployment has. */
export const personalStores = ({
  messagesStored,
  handoverSeconds,
  profilesStored,
  reportSeconds: kept,
  notifications,
}: Environment) =>
  storesOf({
    messagesStored,
    mediaHandedOver: handoverSeconds > 0,
    profilesStored,
    reportsKept: kept > 0,
    devicesNotified: notifications !== null,
  });

/** What a client is told of the service when it says hello. */
export const service = (environment: Environment) => ({
  retention: {
    messages: {
      stored: environment.messagesStored,
      seconds: environment.messageRetentionSeconds,
      ...(environment.handoverSeconds > 0 && { handoverSeconds: environment.handoverSeconds }),
    },
    profiles: { stored: environment.profilesStored, seconds: environment.profileRetentionSeconds },
  },
  limits: environment.limits,
  rules: {
    // What is not stored does not change.
    editSeconds: environment.messagesStored ? environment.editSeconds : 0,
    recallSeconds: environment.messagesStored ? environment.recallSeconds : 0,
    groups: {
      invite: environment.groups.invite,
      mentionAll: environment.groups.mentionAll,
      pin: environment.groups.pin,
    },
  },
  reconnectWithinSeconds: environment.reconnectWithinSeconds,
});
