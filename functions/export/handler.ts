import { randomUUID } from 'node:crypto';
import { requestOwnExport } from '../../shared/export/request-export.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { exportFrame } from '../../shared/protocol/client-frames.ts';
import { documentClient, objectClient, queueClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { currentConsent } from '../../shared/stores/consents/current-consent.ts';
import { exportFileStore } from '../../shared/stores/privacy/export-file-store.ts';
import { exportStore } from '../../shared/stores/privacy/export-store.ts';
import { jobQueue } from '../../shared/stores/queue/job-queue.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv(
  'PRIVACY_TABLE',
  'CONSENT_TABLE',
  'EXPORT_BUCKET',
  'EXPORT_QUEUE_URL',
  'POLICY_VERSION',
  'POLICY_DIGEST',
);
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const db = documentClient();
const deps = {
  exports: exportStore(db, env.PRIVACY_TABLE),
  files: exportFileStore(objectClient(), env.EXPORT_BUCKET),
  jobs: jobQueue(queueClient(), env.EXPORT_QUEUE_URL),
  consent: currentConsent(consentStore(db, env.CONSENT_TABLE), policy),
  now: systemClock,
  randomId: randomUUID,
};

export const handler = frameHandler(
  { schema: exportFrame, policy, needsConsent: true },
  async ({ part }, { identity }) => requestOwnExport(deps, identity.userId, part),
);
