import type { ChatSystem } from './chat-system.ts';

/** Deletes what has expired within the operator's bound: profiles and messages, as far as they are stored. */
export function addRetention(system: ChatSystem): void {
  const { messages, conversations, privacy } = system.data;
  const { boundSeconds } = system.configuration.purge;
  if (boundSeconds !== undefined) addProfileSweep(system, boundSeconds);
  if (messages === undefined) return;
  if (boundSeconds !== undefined) addPurge(system, boundSeconds);

  const status = system.addCommand('admin-purge-status', ['messageRetentionSeconds', 'purgeBoundSeconds']);
  conversations.grantIndexQuery(status, 'byNextPurge', 'byPurgeFrom');
  privacy.grant(status, 'Query');
  privacy.grantRetention(status, 'messages');

  const preview = system.addCommand('admin-retention-preview', ['messageRetentionSeconds']);
  conversations.grantIndexQuery(preview, 'byNextPurge', 'byPurgeFrom');
  messages.grant(preview, 'Query');
  privacy.grantAskingForHolds(preview);
  privacy.grantRetention(preview, 'messages');
}

/** The sweepers, which share one function. Without a bound there is none: the stores' own time to live deletes, free and days late. */
function addPurge(system: ChatSystem, boundSeconds: number): void {
  const { messages, conversations, privacy, media, mediaObjects } = system.data;
  const minutes = periodMinutes(boundSeconds);

  const purge = system.addScheduled('purge', minutes, {
    settings: ['messageRetentionSeconds'],
    // As long as a run may take; the next one goes on.
    timeoutSeconds: 300,
    inputs: inputsOf(system.configuration.purge.sweepers),
  });
  // By the earliest end that was stamped, and by the age of the oldest message.
  conversations.grantIndexQuery(purge, 'byNextPurge', 'byPurgeFrom');
  conversations.grant(purge, 'GetItem', 'UpdateItem');
  messages?.grant(purge, 'Query', 'BatchWriteItem', 'DeleteItem');
  media?.grant(purge, 'GetItem', 'UpdateItem', 'DeleteItem');
  mediaObjects?.grant(purge, 'media/*', 'DeleteObject');
  privacy.grant(purge, 'PutItem', 'DeleteItem');
  privacy.grantAskingForHolds(purge);
  privacy.grantPurgeLap(purge);
  privacy.grantRetention(purge, 'messages');

  system.addAlarm('ExpiredItems', {
    metric: system.metric({
      name: 'OldestExpiredItemAge',
      statistic: 'Maximum',
      // Two runs: one of them may find the other's lease and say nothing.
      periodMinutes: 2 * minutes,
    }),
    above: boundSeconds,
    section: 'expired-items',
    says: 'Something expired is older than the bound, or the sweeper does not run',
    silenceIsTrouble: true,
  });
}

/** The sweeper of profiles and titles, which touches nothing else. */
function addProfileSweep(system: ChatSystem, boundSeconds: number): void {
  const { profiles, privacy } = system.data;
  if (profiles === undefined) return;
  const minutes = periodMinutes(boundSeconds);
  const sweep = system.addScheduled('sweep-profiles', minutes, {
    settings: ['profileRetentionSeconds'],
    timeoutSeconds: 60,
  });
  profiles.grantIndexQuery(sweep, 'bySweep');
  profiles.grant(sweep, 'DeleteItem');
  privacy.grantAskingForHolds(sweep);
  privacy.grantRetention(sweep, 'profiles');

  system.addAlarm('ExpiredProfiles', {
    metric: system.metric({
      name: 'OldestExpiredProfileAge',
      statistic: 'Maximum',
      periodMinutes: 2 * minutes,
    }),
    above: boundSeconds,
    section: 'expired-items',
    says: 'A profile or title that has ended is older than the bound, or its sweeper does not run',
    silenceIsTrouble: true,
  });
}

/** Tells each which of them it is; one alone is told nothing. */
function inputsOf(sweepers: number): readonly object[] {
  if (sweepers === 1) return [];
  return Array.from({ length: sweepers }, (_, index) => ({ sweeper: index + 1, of: sweepers }));
}

/**
 * Every how many minutes the sweeper has to run: what it finds first in one run it may delete only in the next, so
 * that two periods and the grace of a minute fit into the bound, with as much again for the run itself.
 */
function periodMinutes(boundSeconds: number): number {
  return Math.max(1, Math.min(60, Math.floor(boundSeconds / 240)));
}
