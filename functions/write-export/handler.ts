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
import { readEnv } from '../../shared/runtime/env.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
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

const env = readEnv(
  'CONVERSATION_TABLE',
  'CONNECTION_TABLE',
  'CONSENT_TABLE',
  'SEND_TABLE',
  'PRIVACY_TABLE',
  'EXPORT_BUCKET',
  'EXPORT_QUEUE_URL',
  'CALLBACK_URL',
  'METRIC_NAMESPACE',
  'POLICY_VERSION',
  'POLICY_DIGEST',
  'MESSAGES_STORED',
  'MESSAGE_RETENTION_SECONDS',
  'PROFILES_STORED',
  'PROFILE_RETENTION_SECONDS',
);
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const db = documentClient();
const ledger = consentStore(db, env.CONSENT_TABLE);
const connections = connectionStore(db, env.CONNECTION_TABLE);
const deps = {
  exports: exportStore(db, env.PRIVACY_TABLE),
  files: exportFileStore(objectClient(), env.EXPORT_BUCKET),
  jobs: jobQueue(queueClient(), env.EXPORT_QUEUE_URL),
  exporters: exporters({
    messages: env.MESSAGES_STORED ? storing() : undefined,
    profiles: env.PROFILES_STORED
      ? {
          profiles: profileStore(db, readEnv('PROFILE_TABLE').PROFILE_TABLE),
          retentionSeconds: env.PROFILE_RETENTION_SECONDS,
        }
      : undefined,
    conversations: conversationStore(db, env.CONVERSATION_TABLE),
    memberships: membershipStore(db, env.CONVERSATION_TABLE),
    sent: sentStore(db, env.SEND_TABLE),
    connections,
    ledger,
    privacy: privacyRecordStore(db, env.PRIVACY_TABLE),
  }),
  connections,
  gateway: connectionGateway(managementClient(env.CALLBACK_URL)),
  consent: currentConsent(ledger, policy),
  policyFingerprint: policyFingerprint(policy),
  metrics: metrics(env.METRIC_NAMESPACE),
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
  const stores = readEnv('MESSAGE_TABLE', 'MEDIA_BUCKET');
  return {
    messages: messageStore(db, stores.MESSAGE_TABLE),
    objects: mediaObjectStore(objectClient(), stores.MEDIA_BUCKET),
    retentionSeconds: env.MESSAGE_RETENTION_SECONDS,
  };
}
