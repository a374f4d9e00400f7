import type { Part } from './compose.ts';

/** What there is only where the operator stores messages, or profiles. */
export const ifMessagesStored =
  <Made>(part: Part<Made>): Part<Made | undefined> =>
  (environment) =>
    environment.messagesStored ? part(environment) : undefined;

export const ifProfilesStored =
  <Made>(part: Part<Made>): Part<Made | undefined> =>
  (environment) =>
    environment.profilesStored ? part(environment) : undefined;

/** For as long as the recipients need to fetch it. */
export const ifMediaIsHandedOver =
  <Made>(part: Part<Made>): Part<Made | undefined> =>
  (environment) =>
    environment.handoverSeconds > 0 ? part(environment) : undefined;

/** Stored with its message, or handed over. */
export const ifMediaIsTaken =
  <Made>(part: Part<Made>): Part<Made | undefined> =>
  (environment) =>
    environment.messagesStored || environment.handoverSeconds > 0 ? part(environment) : undefined;

/** What people report for the operator to decide upon. */
export const ifReportsKept =
  <Made>(part: Part<Made>): Part<Made | undefined> =>
  (environment) =>
    environment.reportSeconds > 0 ? part(environment) : undefined;
