import middy from '@middy/core';
import { compose, merged, together } from '../../shared/composition/compose.ts';
import { holdQueue } from '../../shared/composition/gateways.ts';
import { ifMessagesStored, ifProfilesStored } from '../../shared/composition/modes.ts';
import { metrics, now } from '../../shared/composition/settings.ts';
import {
  heldMedia,
  holdMarks,
  holds,
  laps,
  live,
  membershipsAndRooms,
  ownReactions,
  recalledMessages,
  removeMedia,
  replacedTitles,
  versions,
  watches,
  writtenMessages,
  writtenProfiles,
  writtenTitles,
} from '../../shared/composition/stores.ts';
import { applyHold } from '../../shared/holds/apply-hold.ts';
import { holdTarget } from '../../shared/holds/hold-target.ts';
import { tendHolds } from '../../shared/holds/tend-holds.ts';

const deps = compose({
  holds,
  laps,
  conversations: merged(membershipsAndRooms, holdMarks),
  live,
  watches,
  messages: ifMessagesStored(merged(merged(writtenMessages, versions), recalledMessages)),
  reactions: ifMessagesStored(ownReactions),
  media: ifMessagesStored(together({ hold: heldMedia, remove: removeMedia })),
  profiles: ifProfilesStored(writtenProfiles),
  titles: ifProfilesStored(merged(writtenTitles, replacedTitles)),
  work: holdQueue,
  metrics,
  now,
});

type Work = { readonly Records?: readonly { readonly body: string }[] };

/** What the last slice needs before the function is cut off. */
const marginMillis = 20_000;

/** By the queue: one hold. By the schedule, which brings no records: whatever has ended, or lies too long. */
export const handler = middy<Work>().handler(async ({ Records }, context) => {
  const isOver = () => context.getRemainingTimeInMillis() < marginMillis;
  if (Records === undefined) {
    deps.metrics.put({ OldestHoldWalkAge: await tendHolds({ ...deps, isOver }) });
    return;
  }
  for (const { body } of Records) await applyHold({ ...deps, isOver }, holdTarget.parse(JSON.parse(body)));
});
