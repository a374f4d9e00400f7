import { randomUUID } from 'node:crypto';
import middy from '@middy/core';
import * as z from 'zod/mini';
import { compose, merged, together } from '../../shared/composition/compose.ts';
import { exportQueue, pushing } from '../../shared/composition/gateways.ts';
import { ifMessagesStored, ifProfilesStored } from '../../shared/composition/modes.ts';
import { messageRetention, profileRetention } from '../../shared/composition/retention.ts';
import {
  consent,
  conversations,
  exportFiles,
  exportRequests,
  formerMembers,
  ledger,
  mediaObjects,
  mediaPlaces,
  memberships,
  messages,
  personalRows,
  privacyRecords,
  profiles,
  rateLimitRows,
  replacedTitles,
  roomsWritten,
  titles,
  userSends,
} from '../../shared/composition/stores.ts';
import { exporters } from '../../shared/export/exporters.ts';
import { writeExport } from '../../shared/export/write-export.ts';

const { written, ...parts } = compose({
  ...pushing,
  exports: exportRequests,
  files: exportFiles,
  jobs: exportQueue,
  consent,
  written: together({
    messages: ifMessagesStored(
      together({ messages, objects: mediaObjects, locate: mediaPlaces, retention: messageRetention }),
    ),
    profiles: ifProfilesStored(together({ profiles, retention: profileRetention })),
    titles: ifProfilesStored(
      together({ store: merged(titles, replacedTitles), retention: profileRetention }),
    ),
    conversations: merged(merged(conversations, formerMembers), memberships),
    sends: userSends,
    sentInRooms: roomsWritten,
    connections: pushing.connections,
    personal: personalRows,
    rateLimits: rateLimitRows,
    ledger,
    privacy: privacyRecords,
  }),
});
const deps = {
  ...parts,
  retention: written.messages?.retention,
  randomId: randomUUID,
  exporters: exporters(written),
  partBytes: 8 * 1024 * 1024,
};
const job = z.object({ userId: z.string(), requestId: z.string() });

type QueueEvent = { readonly Records: readonly { readonly body: string }[] };

/** What the last slice, the last part and the record need before the function is cut off. */
const marginMillis = 60_000;

export const handler = middy<QueueEvent>().handler(async ({ Records }, context) => {
  const isOver = () => context.getRemainingTimeInMillis() < marginMillis;
  for (const { body } of Records) await writeExport({ ...deps, isOver }, job.parse(JSON.parse(body)));
});
