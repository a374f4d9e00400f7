import { randomUUID } from 'node:crypto';
import { compose, merged, together } from '../../shared/composition/compose.ts';
import { crowd } from '../../shared/composition/crowd.ts';
import {
  erasureQueue,
  exportQueue,
  pushing,
  reactedJobs,
  roomJobs,
} from '../../shared/composition/gateways.ts';
import { ifMessagesStored, ifProfilesStored, ifReportsKept } from '../../shared/composition/modes.ts';
import { endPushDevices } from '../../shared/composition/push-devices.ts';
import {
  pause,
  personalStores,
  policy,
  proofSeconds,
  reportSeconds,
} from '../../shared/composition/settings.ts';
import {
  changes,
  conversationRows,
  conversations,
  earlierTitleRows,
  erasureRequests,
  exportFiles,
  exportRequests,
  formerMembers,
  holds,
  lastRevs,
  lateLooks,
  ledger,
  live,
  media,
  mediaObjects,
  membershipsAndRooms,
  personalRows,
  presenceWatches,
  profiles,
  rateLimitRows,
  reactions,
  receipts,
  removeMedia,
  replacedTitles,
  reported,
  reporters,
  roomsWritten,
  sends,
  titles,
  userSends,
  versions,
  watches,
  withdrawals,
  writtenMessages,
} from '../../shared/composition/stores.ts';
import { endConsent } from '../../shared/erasure/end-consent.ts';
import { eraseConnections } from '../../shared/erasure/erase-connections.ts';
import { eraseExports } from '../../shared/erasure/erase-exports.ts';
import { eraseLive } from '../../shared/erasure/erase-live.ts';
import { eraseMemberships } from '../../shared/erasure/erase-memberships.ts';
import { eraseMessages } from '../../shared/erasure/erase-messages.ts';
import { erasePersonal } from '../../shared/erasure/erase-personal.ts';
import { eraseProfile } from '../../shared/erasure/erase-profile.ts';
import { eraseRateLimits } from '../../shared/erasure/erase-rate-limits.ts';
import { eraseReports } from '../../shared/erasure/erase-reports.ts';
import { eraseSends } from '../../shared/erasure/erase-sends.ts';
import { eraseUploads } from '../../shared/erasure/erase-uploads.ts';
import { rechecks as rechecksOf } from '../../shared/erasure/recheck.ts';
import { returnedAt } from '../../shared/erasure/returned-at.ts';
import type { Erasers } from '../../shared/erasure/steps.ts';
import { exportObjects } from '../../shared/export/export-objects.ts';
import { revokeExports } from '../../shared/export/revoke-exports.ts';
import { noteErased } from '../../shared/messages/note-erased.ts';
import { pushErased } from '../../shared/push/push-erased.ts';
import { takeOffReactions } from '../../shared/reactions/take-off-reactions.ts';
import { tellErased } from '../../shared/rooms/tell-erased.ts';

const parts = compose({
  ...pushing,
  pause,
  requests: erasureRequests,
  receipts,
  holds,
  conversations: merged(
    merged(merged(conversations, formerMembers), conversationRows),
    merged(membershipsAndRooms, earlierTitleRows),
  ),
  looks: lateLooks,
  ledger,
  live,
  presenceWatches,
  watches,
  withdrawals,
  personal: personalRows,
  endPushDevices,
  rateLimits: rateLimitRows,
  sends: merged(sends, userSends),
  sentInRooms: roomsWritten,
  exports: exportRequests,
  files: exportFiles,
  exportJobs: exportQueue,
  queue: erasureQueue,
  policy,
  proofSeconds,
  reportSeconds,
  reporting: ifReportsKept(together({ reporters, reported })),
  stores: personalStores,
  profiles: ifProfilesStored(profiles),
  titles: ifProfilesStored(merged(titles, replacedTitles)),
  written: ifMessagesStored(
    together({
      messages: writtenMessages,
      removeMedia,
      media,
      objects: mediaObjects,
      roomJobs,
      reactedJobs,
      reactions,
      changes,
      versions,
      lastRevs,
      revs: lastRevs,
      crowd,
    }),
  ),
});
const rechecks = rechecksOf({ ...parts, jobs: parts.queue, randomId: randomUUID });
const revoke = revokeExports({ ...parts, jobs: parts.exportJobs });
const common = {
  ...parts,
  jobs: parts.queue,
  rechecks,
  revokeExports: revoke,
  returnedAt: returnedAt(parts.ledger),
};
const written = parts.written && {
  ...common,
  ...parts.written,
  note: noteErased({ ...parts, ...parts.written }),
  tell: tellErased({ ...parts, ...parts.written }, pushErased(parts)),
};
const erasers: Erasers = {
  messages: written && eraseMessages(written),
  mediaObjects: written && eraseUploads(written),
  sends: eraseSends(parts.sends),
  profiles:
    parts.profiles &&
    parts.titles &&
    eraseProfile({ ...parts, profiles: parts.profiles, titles: parts.titles }),
  exportFiles: eraseExports({ ...common, objects: exportObjects(parts) }),
  conversations: eraseMemberships(common),
  reports: parts.reporting && eraseReports({ ...common, ...parts.reporting }),
  personal: erasePersonal({
    ...common,
    reporters: parts.reporting?.reporters,
    takeOff: written && takeOffReactions(written),
  }),
  rateLimits: eraseRateLimits(common),
  live: eraseLive(common),
  connections: eraseConnections(common),
};

export const erasure = { ...common, written, erasers, endConsent: endConsent(parts) };
