import middy from '@middy/core';
import { carryOutErasure } from '../../shared/erasure/carry-out-erasure.ts';
import { endConsent } from '../../shared/erasure/end-consent.ts';
import { eraseConnections } from '../../shared/erasure/erase-connections.ts';
import { eraseExports } from '../../shared/erasure/erase-exports.ts';
import { eraseMemberships } from '../../shared/erasure/erase-memberships.ts';
import { eraseMessages } from '../../shared/erasure/erase-messages.ts';
import { eraseProfile } from '../../shared/erasure/erase-profile.ts';
import { eraseSends } from '../../shared/erasure/erase-sends.ts';
import { type ErasureJob, parseErasureJob } from '../../shared/erasure/erasure-job.ts';
import { hasReturned } from '../../shared/erasure/has-returned.ts';
import { type Rechecks, recheckSeconds, runRecheck } from '../../shared/erasure/recheck.ts';
import type { Erasers } from '../../shared/erasure/steps.ts';
import { exportObjects } from '../../shared/export/export-objects.ts';
import { storesOf } from '../../shared/protocol/personal-stores.ts';
import { connectionGateway } from '../../shared/push/connection-gateway.ts';
import { pushErased } from '../../shared/push/push-erased.ts';
import {
  documentClient,
  managementClient,
  objectClient,
  queueClient,
} from '../../shared/runtime/aws-clients.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';
import { policyFingerprint } from '../../shared/stores/consents/consent-entry.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { mediaObjectStore } from '../../shared/stores/media/media-object-store.ts';
import { mediaStore } from '../../shared/stores/media/media-store.ts';
import { removeMedia } from '../../shared/stores/media/remove-media.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { erasureStore } from '../../shared/stores/privacy/erasure-store.ts';
import { exportFileStore } from '../../shared/stores/privacy/export-file-store.ts';
import { exportStore } from '../../shared/stores/privacy/export-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { receiptStore } from '../../shared/stores/privacy/receipt-store.ts';
import { profileStore } from '../../shared/stores/profiles/profile-store.ts';
import { jobQueue } from '../../shared/stores/queue/job-queue.ts';
import { sendErasureStore } from '../../shared/stores/sends/send-erasure-store.ts';
import { sendStore } from '../../shared/stores/sends/send-store.ts';
import { epochMillis, systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'conversationTable',
  'connectionTable',
  'consentTable',
  'sendTable',
  'privacyTable',
  'erasureQueueUrl',
  'exportBucket',
  'callbackUrl',
  'metricNamespace',
  'messagesStored',
  'handoverSeconds',
  'profilesStored',
  'proofSeconds',
  'policyVersion',
  'policyDigest',
);
const db = documentClient();
const policy = { version: env.policyVersion, digest: env.policyDigest };
const queue = jobQueue<ErasureJob>(queueClient(), env.erasureQueueUrl);
const ledger = consentStore(db, env.consentTable);
const base = {
  requests: erasureStore(db, env.privacyTable),
  receipts: receiptStore(db, env.privacyTable),
  holds: holdStore(db, env.privacyTable),
  conversations: conversationStore(db, env.conversationTable),
  memberships: membershipStore(db, env.conversationTable),
  connections: connectionStore(db, env.connectionTable),
  gateway: connectionGateway(managementClient(env.callbackUrl)),
  hasReturned: hasReturned(ledger),
  queue,
  policyFingerprint: policyFingerprint(policy),
  metrics: metrics(env.metricNamespace),
  proofSeconds: env.proofSeconds,
  stores: storesOf({
    messagesStored: env.messagesStored,
    mediaHandedOver: env.handoverSeconds > 0,
    profilesStored: env.profilesStored,
  }),
  now: systemClock,
};
const written = env.messagesStored
  ? { ...base, ...storing(), sends: sendStore(db, env.sendTable), tell: pushErased(base) }
  : undefined;
const sends = sendErasureStore(db, env.sendTable);
const rechecks: Rechecks = {
  add: async (job, delaySeconds = recheckSeconds) => queue.add(job, delaySeconds),
};
const erasers: Erasers = {
  messages: written && eraseMessages({ ...written, rechecks }),
  sends: eraseSends(sends),
  profiles: env.profilesStored
    ? eraseProfile(profileStore(db, readEnvironment('profileTable').profileTable))
    : undefined,
  exportFiles: eraseExports(
    exportObjects({
      exports: exportStore(db, env.privacyTable),
      files: exportFileStore(objectClient(), env.exportBucket),
    }),
  ),
  conversations: eraseMemberships({ ...base, rechecks }),
  connections: eraseConnections(base),
};

/** What a slice may take at most. */
const marginMillis = 15_000;

type QueueEvent = { readonly Records: readonly { readonly body: string }[] };

/** A job that fails comes back, and is given up to the dead-letter queue: ids, either way. */
export const handler = middy<QueueEvent>().handler(async ({ Records }, context) => {
  const endBy = epochMillis(systemClock() + context.getRemainingTimeInMillis() - marginMillis);
  const isOver = () => systemClock() >= endBy;
  for (const { body } of Records) {
    const job = parseErasureJob(body);
    if ('target' in job) {
      await carryOutErasure(
        { ...base, erasers, endConsent: endConsent({ ...base, ledger, policy }), isOver },
        job,
      );
    } else {
      await runRecheck({ ...base, written, sends, rechecks, isOver }, job);
    }
  }
});

function storing() {
  const stores = readEnvironment('messageTable', 'mediaTable', 'mediaBucket');
  return {
    messages: messageStore(db, stores.messageTable),
    removeMedia: removeMedia({
      objects: mediaObjectStore(objectClient(), stores.mediaBucket),
      media: mediaStore(db, stores.mediaTable),
    }),
  };
}
