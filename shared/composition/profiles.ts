import type { Environment } from '../runtime/environment.ts';
import { together } from './compose.ts';
import { ifProfilesStored } from './modes.ts';
import { profileRetention } from './retention.ts';
import { profileRetentionSeconds } from './settings.ts';
import { writtenProfiles, writtenTitles } from './stores.ts';

// What is kept of people where profiles are stored, and undefined elsewhere.

const clock = { retentionSeconds: profileRetentionSeconds, retention: profileRetention };

export const groupTitles = (environment: Environment) =>
  ifProfilesStored(together({ store: writtenTitles, ...clock }))(environment);
export const keptProfiles = (environment: Environment) =>
  ifProfilesStored(together({ profiles: writtenProfiles, ...clock }))(environment);
