import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { StoreTable } from '../constructs/store-table.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import { ChatSystem, type ChatSystemProps } from '../features/chat-system.ts';
import { addConsent } from '../features/consent.ts';
import { addConversations } from '../features/conversations.ts';
import { addErasure } from '../features/erasure.ts';
import { addEvents } from '../features/events.ts';
import { addExport } from '../features/export.ts';
import { addHolds } from '../features/holds.ts';
import { addMedia } from '../features/media.ts';
import { addMessageChanges, addMessages } from '../features/messages.ts';
import { addNotifications } from '../features/notifications.ts';
import { addOperatorConversations, addOperatorMessages } from '../features/operator.ts';
import { addPins } from '../features/pins.ts';
import { addPresence } from '../features/presence.ts';
import { addProfiles } from '../features/profiles.ts';
import { addReactions } from '../features/reactions.ts';
import { addReports } from '../features/reports.ts';
import { addRetention } from '../features/retention.ts';
import { addReview } from '../features/review.ts';
import { addRooms } from '../features/rooms.ts';
import { addSafety } from '../features/safety.ts';
import { addSessions } from '../features/sessions.ts';
import { addTyping } from '../features/typing.ts';
import { Operations } from '../operations/operations.ts';
import type { DataStack } from './data-stack.ts';
import { LapseStack, type LapseStackProps } from './lapse-stack.ts';
import { reserveConcurrency } from './reserve-concurrency.ts';

/** Everything that holds nothing: the API, its functions, what else calls them. */
export class ChatStack extends LapseStack {
  constructor(scope: Construct, id: string, props: LapseStackProps & ChatSystemProps) {
    super(scope, id, { description: 'Lapse: the WebSocket API and its functions' }, props);
    const system = new ChatSystem(this, props);
    addSessions(system);
    addConsent(system);
    addConversations(system);
    const processMedia = addMedia(system);
    const send = addMessages(system, processMedia);
    const { edit, telling } = addMessageChanges(system);
    addReview(
      system,
      [send, edit].filter((fn) => fn !== undefined),
    );
    addRooms(system, [send, ...telling, ...addPins(system), addOperatorMessages(system)]);
    addReactions(system);
    addTyping(system);
    addPresence(system);
    addProfiles(system);
    addSafety(system);
    addReports(system);
    addRetention(system);
    addErasure(system);
    addOperatorConversations(system);
    addHolds(system);
    addExport(system);
    addEvents(system);
    addNotifications(system);

    reserveConcurrency(system.functions, props.configuration.concurrency);
    addOperations(system);
    addOutputs(this, props.data, system.api.url);
  }
}

/** Whatever functions, tables and queues there are: none has to be named to be watched. */
function addOperations({ stack, configuration, data, ...system }: ChatSystem): void {
  const { alarms } = configuration;
  if (alarms === undefined) return;
  const { watch, ...recipients } = alarms;
  const { retries } = data;
  new Operations(stack, 'Operations', {
    ...system,
    configuration,
    recipients,
    watch,
    tables: data.node.children.filter((child) => child instanceof StoreTable),
    queues: data.node.children.filter(
      (child): child is WorkQueue => child instanceof WorkQueue && child !== retries,
    ),
    retries,
  });
}

/** What clients and the operator's tool look for. */
function addOutputs(stack: Construct, { retries, userPool }: DataStack, url: string): void {
  new CfnOutput(stack, 'WebSocketUrl', { value: url });
  if (retries !== undefined) {
    new CfnOutput(stack, 'RetryQueueUrl', { value: retries.url });
    new CfnOutput(stack, 'DeadLetterQueueUrl', { value: retries.deadLetterUrl });
  }
  if (userPool === undefined) return;
  new CfnOutput(stack, 'UserPoolId', { value: userPool.userPoolId });
  new CfnOutput(stack, 'UserPoolClientId', { value: userPool.clientId });
}
