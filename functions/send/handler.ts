import { setTimeout } from 'node:timers/promises';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { attachMedia } from '../../shared/media/attach-media.ts';
import { mediaProcessor } from '../../shared/media/media-processor-gateway.ts';
import { checkContent, textsOf } from '../../shared/messages/check-content.ts';
import { messageRate } from '../../shared/messages/message-rate.ts';
import { sendMessage } from '../../shared/messages/send-message.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { type SendFrame, sendFrame } from '../../shared/protocol/messages/frames.ts';
import type { SendResult } from '../../shared/protocol/messages/table.ts';
import type { SenderProfile } from '../../shared/protocol/profile/table.ts';
import { connectionGateway } from '../../shared/push/connection-gateway.ts';
import type { Sender } from '../../shared/push/deliver-message.ts';
import {
  documentClient,
  functionClient,
  managementClient,
  queueClient,
} from '../../shared/runtime/aws-clients.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { sensitiveDataGuard } from '../../shared/sensitive-data/sensitive-data-guard.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';
import { policyFingerprint } from '../../shared/stores/consents/consent-entry.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { handoverStore } from '../../shared/stores/handovers/handover-store.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { jobQueue } from '../../shared/stores/queue/job-queue.ts';
import { relayStore } from '../../shared/stores/sends/relay-store.ts';
import { sendStore } from '../../shared/stores/sends/send-store.ts';
import { systemClock } from '../../shared/time.ts';
import { handOver } from '../../shared/transient/hand-over.ts';
import { relayMedia } from '../../shared/transient/relay-media.ts';
import { relayMessage } from '../../shared/transient/relay-message.ts';

const env = readEnvironment(
  'conversationTable',
  'connectionTable',
  'sendTable',
  'callbackUrl',
  'metricNamespace',
  'policyVersion',
  'policyDigest',
  'messagesStored',
  'messageRetentionSeconds',
  'handoverSeconds',
  'sensitiveData',
  'nationalIdCountries',
  'limits',
);
const policy = { version: env.policyVersion, digest: env.policyDigest };
const db = documentClient();
const counted = metrics(env.metricNamespace);
const common = {
  conversations: conversationStore(db, env.conversationTable),
  connections: connectionStore(db, env.connectionTable),
  gateway: connectionGateway(managementClient(env.callbackUrl)),
  retentionSeconds: env.messageRetentionSeconds,
  policyFingerprint: policyFingerprint(policy),
  metrics: counted,
  now: systemClock,
};
const mayYetSend = messageRate(env.limits.messagesPerSecond, env.limits.messagesBurst, systemClock);
const guard = sensitiveDataGuard(
  env.sensitiveData,
  { nationalIdCountries: env.nationalIdCountries },
  counted,
);
const send = env.messagesStored ? storing() : passingThrough();

export const handler = frameHandler(
  { schema: sendFrame, policy, needsConsent: true },
  async (frame, { identity: { userId, profile }, connectionId }) => {
    checkContent(frame, env.limits);
    if (!mayYetSend(userId)) throw new ProtocolError('RATE_LIMITED');
    const flagged = guard.check(textsOf(frame.content));
    const result = await send({ userId, connectionId, ...shown(profile) }, frame);
    return { ...result, ...(flagged && { flagged: true }) };
  },
);

/** A name that would be blocked where profiles are stored is not passed on here either. */
function shown({ nickname, ...rest }: SenderProfile = {}): { profile?: SenderProfile } {
  const named = nickname !== undefined && guard.accepts(nickname) ? { nickname, ...rest } : rest;
  return Object.keys(named).length > 0 ? { profile: named } : {};
}

/** Full jitter, from 20 ms up to 160: about as long as a crowd of ten needs for a number each. */
async function backoff(attempt: number): Promise<void> {
  await setTimeout(Math.random() * Math.min(160, 5 * 2 ** attempt));
}

function storing() {
  const { messageTable, retryQueueUrl, processMediaFunction } = readEnvironment(
    'messageTable',
    'retryQueueUrl',
    'processMediaFunction',
  );
  const deps = {
    ...common,
    messages: messageStore(db, messageTable),
    backoff,
    sends: sendStore(db, env.sendTable),
    retries: jobQueue(queueClient(), retryQueueUrl),
  };
  const processor = mediaProcessor(functionClient(), processMediaFunction);
  return async (sender: Sender, frame: SendFrame): Promise<SendResult> => {
    const request = await attachMedia(processor, sender.userId, frame);
    const result = await sendMessage(deps, sender, request);
    return request.content.type === 'text' ? result : { ...result, media: request.content.media };
  };
}

function passingThrough() {
  const relays = relayStore(db, { sends: env.sendTable, conversations: env.conversationTable });
  const media = env.handoverSeconds > 0 ? handingOver() : undefined;
  const deps = { ...common, relays, handOver: media?.handOver };
  return async (sender: Sender, frame: SendFrame): Promise<SendResult> => {
    const { content, ...rest } = frame;
    if (content.type === 'text') return relayMessage(deps, sender, { ...rest, content });
    if (media === undefined) throw new ProtocolError('NOT_STORED');
    return relayMedia({ ...deps, processor: media.processor }, sender, frame);
  };
}

function handingOver() {
  const { handoverTable, processMediaFunction } = readEnvironment('handoverTable', 'processMediaFunction');
  const handovers = handoverStore(db, handoverTable);
  return {
    processor: mediaProcessor(functionClient(), processMediaFunction),
    handOver: handOver({ handovers, handoverSeconds: env.handoverSeconds, now: systemClock }),
  };
}
