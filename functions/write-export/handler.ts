import middy from '@middy/core';
import * as z from 'zod';
import { exporters } from '../../shared/export/exporters.ts';
import { writeExport } from '../../shared/export/write-export.ts';
import { connectionGateway } from '../../shared/push/connection-gateway.ts';
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
import { currentConsent } from '../../shared/stores/consents/current-consent.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { mediaObjectStore } from '../../shared/stores/media/media-object-store.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { exportFileStore } from '../../shared/stores/privacy/export-file-store.ts';
import { exportStore } from '../../shared/stores/privacy/export-store.ts';
import { privacyRecordStore } from '../../shared/stores/privacy/privacy-record-store.ts';
import { profileStore } from '../../shared/stores/profiles/profile-store.ts';
import { jobQueue } from '../../shared/stores/queue/job-queue.ts';
import { sentStore } from '../../shared/stores/sends/sent-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'conversationTable',
  'connectionTable',
  'consentTable',
  'sendTable',
  'privacyTable',
  'exportBucket',
  'exportQueueUrl',
  'callbackUrl',
  'metricNamespace',
  'policyVersion',
  'policyDigest',
  'messagesStored',
  'messageRetentionSeconds',
  'profilesStored',
  'profileRetentionSeconds',
);
const policy = { version: env.policyVersion, digest: env.policyDigest };
const db = documentClient();
const ledger = consentStore(db, env.consentTable);
const connections = connectionStore(db, env.connectionTable);
const deps = {
  exports: exportStore(db, env.privacyTable),
  files: exportFileStore(objectClient(), env.exportBucket),
  jobs: jobQueue(queueClient(), env.exportQueueUrl),
  exporters: exporters({
    messages: env.messagesStored ? storing() : undefined,
    profiles: env.profilesStored
      ? {
          profiles: profileStore(db, readEnvironment('profileTable').profileTable),
          retentionSeconds: env.profileRetentionSeconds,
        }
      : undefined,
    conversations: conversationStore(db, env.conversationTable),
    memberships: membershipStore(db, env.conversationTable),
    sent: sentStore(db, env.sendTable),
    connections,
    ledger,
    privacy: privacyRecordStore(db, env.privacyTable),
  }),
  connections,
  gateway: connectionGateway(managementClient(env.callbackUrl)),
  consent: currentConsent(ledger, policy),
  policyFingerprint: policyFingerprint(policy),
  metrics: metrics(env.metricNamespace),
  partBytes: 8 * 1024 * 1024,
  now: systemClock,
};
const job = z.object({ userId: z.string(), requestId: z.string() });

type QueueEvent = { readonly Records: readonly { readonly body: string }[] };

/** What the last slice, the last part and the record need before the function is cut off. */
const marginMillis = 60_000;

export const handler = middy<QueueEvent>().handler(async ({ Records }, context) => {
  const isOver = () => context.getRemainingTimeInMillis() < marginMillis;
  for (const { body } of Records) await writeExport({ ...deps, isOver }, job.parse(JSON.parse(body)));
});

function storing() {
  const stores = readEnvironment('messageTable', 'mediaBucket');
  return {
    messages: messageStore(db, stores.messageTable),
    objects: mediaObjectStore(objectClient(), stores.mediaBucket),
    retentionSeconds: env.messageRetentionSeconds,
  };
}
