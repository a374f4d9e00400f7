import { randomUUID } from 'node:crypto';
import { requestOwnExport } from '../../shared/export/request-export.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { exportFrame } from '../../shared/protocol/export/frames.ts';
import { documentClient, objectClient, queueClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { currentConsent } from '../../shared/stores/consents/current-consent.ts';
import { exportFileStore } from '../../shared/stores/privacy/export-file-store.ts';
import { exportStore } from '../../shared/stores/privacy/export-store.ts';
import { jobQueue } from '../../shared/stores/queue/job-queue.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'privacyTable',
  'consentTable',
  'exportBucket',
  'exportQueueUrl',
  'policyVersion',
  'policyDigest',
);
const policy = { version: env.policyVersion, digest: env.policyDigest };
const db = documentClient();
const deps = {
  exports: exportStore(db, env.privacyTable),
  files: exportFileStore(objectClient(), env.exportBucket),
  jobs: jobQueue(queueClient(), env.exportQueueUrl),
  consent: currentConsent(consentStore(db, env.consentTable), policy),
  now: systemClock,
  randomId: randomUUID,
};

export const handler = frameHandler(
  { schema: exportFrame, policy, needsConsent: true },
  async ({ part }, { identity }) => requestOwnExport(deps, identity.userId, part),
);
