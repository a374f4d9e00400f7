import { Duration } from 'aws-cdk-lib';
import { declareRecipient } from '../data-map/recipient.ts';
import type { ChatSystem } from './chat-system.ts';

/** Tells the operator's own systems what happens, by the streams of the tables that say so. Nothing of it is there where nobody is told. */
export function addEvents(system: ChatSystem): void {
  const { messages, changes, consents, reports, privacy, eventFailures } = system.data;
  const { events } = system.configuration;
  if (events === undefined || eventFailures === undefined) return;

  const publish = system.addFunction('publish-events', {
    settings: ['messagesStored', 'messageRetentionSeconds', 'reportSeconds', 'events'],
    timeoutSeconds: 60,
  });
  publish.allow(['events:PutEvents'], [events.busArn]);
  declareRecipient(publish.lambda, {
    name: events.recipient,
    address: events.busArn,
    kinds: events.content ? ['ids', 'message'] : ['ids'],
    purpose: 'what happens in the chat, for systems of the operator',
  });
  for (const table of [messages, changes, consents, reports]) table?.grant(publish, 'BatchGetItem');
  privacy.grantReceipts(publish);
  if (messages !== undefined) privacy.grantRetention(publish, 'messages');
  eventFailures.grantSend(publish);
  for (const table of [messages, changes, consents, reports, privacy])
    table?.deliverChanges(publish, eventFailures);

  system.addAlarm('EventAge', {
    metric: publish.lambda.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(5) }),
    above: 300_000,
    section: 'events',
    says: 'Something that happened five minutes ago has not been told to the event bus',
  });
  system.addAlarm('EventFailures', {
    metric: eventFailures.depth,
    above: 0,
    section: 'events',
    says: 'What the event bus has not taken for six hours is not told any more',
  });
}
