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
import { readEnv } from '../../shared/runtime/env.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';
import { policyFingerprint } from '../../shared/stores/consents/consent-entry.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { mediaObjectStore } from '../../shared/stores/media/media-object-store.ts';
import { mediaStore } from '../../shared/stores/media/media-store.ts';
import { removeMedia } from '../../shared/stores/media/remove-media.ts';
import { messageErasureStore } from '../../shared/stores/messages/message-erasure-store.ts';
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

const env = readEnv(
  'CONVERSATION_TABLE',
  'CONNECTION_TABLE',
  'CONSENT_TABLE',
  'SEND_TABLE',
  'PRIVACY_TABLE',
  'ERASURE_QUEUE_URL',
  'EXPORT_BUCKET',
  'CALLBACK_URL',
  'METRIC_NAMESPACE',
  'MESSAGES_STORED',
  'HANDOVER_SECONDS',
  'PROFILES_STORED',
  'PROOF_SECONDS',
  'POLICY_VERSION',
  'POLICY_DIGEST',
);
const db = documentClient();
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const queue = jobQueue<ErasureJob>(queueClient(), env.ERASURE_QUEUE_URL);
const ledger = consentStore(db, env.CONSENT_TABLE);
const base = {
  requests: erasureStore(db, env.PRIVACY_TABLE),
  receipts: receiptStore(db, env.PRIVACY_TABLE),
  holds: holdStore(db, env.PRIVACY_TABLE),
  conversations: conversationStore(db, env.CONVERSATION_TABLE),
  memberships: membershipStore(db, env.CONVERSATION_TABLE),
  connections: connectionStore(db, env.CONNECTION_TABLE),
  gateway: connectionGateway(managementClient(env.CALLBACK_URL)),
  hasReturned: hasReturned(ledger),
  queue,
  policyFingerprint: policyFingerprint(policy),
  metrics: metrics(env.METRIC_NAMESPACE),
  proofSeconds: env.PROOF_SECONDS,
  stores: storesOf({
    messagesStored: env.MESSAGES_STORED,
    mediaHandedOver: env.HANDOVER_SECONDS > 0,
    profilesStored: env.PROFILES_STORED,
  }),
  now: systemClock,
};
const written = env.MESSAGES_STORED
  ? { ...base, ...storing(), sends: sendStore(db, env.SEND_TABLE), tell: pushErased(base) }
  : undefined;
const sends = sendErasureStore(db, env.SEND_TABLE);
const rechecks: Rechecks = {
  add: async (job, delaySeconds = recheckSeconds) => queue.add(job, delaySeconds),
};
const erasers: Erasers = {
  messages: written && eraseMessages({ ...written, rechecks }),
  sends: eraseSends(sends),
  profiles: env.PROFILES_STORED
    ? eraseProfile(profileStore(db, readEnv('PROFILE_TABLE').PROFILE_TABLE))
    : undefined,
  exportFiles: eraseExports(
    exportObjects({
      exports: exportStore(db, env.PRIVACY_TABLE),
      files: exportFileStore(objectClient(), env.EXPORT_BUCKET),
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
  const stores = readEnv('MESSAGE_TABLE', 'MEDIA_TABLE', 'MEDIA_BUCKET');
  return {
    messages: messageErasureStore(db, stores.MESSAGE_TABLE),
    removeMedia: removeMedia({
      objects: mediaObjectStore(objectClient(), stores.MEDIA_BUCKET),
      media: mediaStore(db, stores.MEDIA_TABLE),
    }),
  };
}
