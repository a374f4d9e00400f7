import middy from '@middy/core';
import { applyHold, resumeHolds } from '../../shared/holds/apply-hold.ts';
import { holdTarget } from '../../shared/holds/hold-target.ts';
import { documentClient, objectClient, queueClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { holdMarkStore } from '../../shared/stores/conversations/hold-mark-store.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { mediaObjectStore } from '../../shared/stores/media/media-object-store.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { profileStore } from '../../shared/stores/profiles/profile-store.ts';
import { jobQueue } from '../../shared/stores/queue/job-queue.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'conversationTable',
  'privacyTable',
  'holdQueueUrl',
  'messagesStored',
  'profilesStored',
);
const db = documentClient();
const deps = {
  holds: holdStore(db, env.privacyTable),
  marks: holdMarkStore(db, env.conversationTable),
  memberships: membershipStore(db, env.conversationTable),
  messages: env.messagesStored ? messageStore(db, readEnvironment('messageTable').messageTable) : undefined,
  media: env.messagesStored
    ? mediaObjectStore(objectClient(), readEnvironment('mediaBucket').mediaBucket)
    : undefined,
  profiles: env.profilesStored ? profileStore(db, readEnvironment('profileTable').profileTable) : undefined,
  work: jobQueue(queueClient(), env.holdQueueUrl),
  now: systemClock,
};

type Work = { readonly Records?: readonly { readonly body: string }[] };

/** What the last slice needs before the function is cut off. */
const marginMillis = 20_000;

/** By the queue: one hold. By the schedule, which brings no records: whatever lies too long. */
export const handler = middy<Work>().handler(async ({ Records }, context) => {
  const isOver = () => context.getRemainingTimeInMillis() < marginMillis;
  if (Records === undefined) return resumeHolds(deps);
  for (const { body } of Records) await applyHold({ ...deps, isOver }, holdTarget.parse(JSON.parse(body)));
});
