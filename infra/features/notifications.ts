import { Duration } from 'aws-cdk-lib';
import type { Notifications } from '../configuration/notifications.ts';
import type { ChatFunction } from '../constructs/chat-function.ts';
import { declareRecipient } from '../data-map/recipient.ts';
import type { ChatSystem } from './chat-system.ts';
import { policySettings } from './settings.ts';

/**
 * Has devices of people without a connection notified, by the operator's own consumer: the bus is told ids, and the consumer asks for what is
 * to be shown and where. Nothing of it is there where no device is notified.
 */
export function addNotifications(system: ChatSystem): void {
  const { notifications } = system.configuration;
  if (notifications === undefined) return;
  addRegistration(system);
  addNotifying(system, notifications);
  addDelivery(system, notifications);
}

function addRegistration(system: ChatSystem): void {
  const { personal, consents } = system.data;
  const register = system.addRoute('pushToken', 'push-token', { settings: ['notifications'] });
  personal.grant(register, 'GetItem', 'BatchGetItem', 'PutItem', 'DeleteItem');
  // That nobody withdraws in the same instant.
  consents.grant(register, 'ConditionCheckItem');
}

function addNotifying(system: ChatSystem, { busArn, recipient }: Notifications): void {
  const { messages, conversations, notificationWork, notificationFailures } = system.data;
  if (messages === undefined || notificationWork === undefined || notificationFailures === undefined) return;

  const queue = system.addFunction('queue-notifications', { timeoutSeconds: 60 });
  notificationWork.grantSend(queue);
  notificationFailures.grantSend(queue);
  messages.deliverChanges(queue, notificationFailures);

  const notify = system.addFunction('notify-members', {
    settings: [...policySettings, 'messageRetentionSeconds', 'notifications'],
    timeoutSeconds: notificationWork.timeoutSeconds,
  });
  conversations.grant(notify, 'Query');
  grantDeciding(system, notify);
  notify.allow(['events:PutEvents'], [busArn]);
  declareRecipient(notify.lambda, {
    name: recipient,
    address: busArn,
    kinds: ['ids'],
    purpose: 'that somebody without a connection is to be notified of a message, for systems of the operator',
  });
  notificationWork.deliverAtOnce(notify);

  system.addAlarm('NotificationAge', {
    metric: queue.lambda.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(5) }),
    above: 300_000,
    section: 'notifications',
    says: 'A message of five minutes ago has not been looked at for notifications',
  });
  system.addAlarm('NotificationQueueAge', {
    metric: notificationWork.age,
    above: 300,
    section: 'notifications',
    says: 'Somebody who is to be notified of a message has not been for five minutes',
  });
  system.addAlarm('NotificationFailures', {
    metric: notificationFailures.depth,
    above: 0,
    section: 'notifications',
    says: 'Nobody is notified of messages that could not be queued for six hours',
  });
}

/** What the consumer asks, and what it reports: IAM principals alone. */
function addDelivery(system: ChatSystem, { busArn, recipient, show }: Notifications): void {
  const { conversations, personal, profiles, privacy } = system.data;
  const delivery = system.addCommand('admin-push-delivery', [
    ...policySettings,
    'messageRetentionSeconds',
    'profilesStored',
    'profileRetentionSeconds',
    'senders',
    'notifications',
  ]);
  conversations.grant(delivery, 'GetItem');
  personal.grant(delivery, 'GetItem');
  grantDeciding(system, delivery);
  if (profiles !== undefined) {
    profiles.grant(delivery, 'BatchGetItem');
    privacy.grantRetention(delivery, 'profiles');
    // Whether the reader is a contact.
    conversations.grant(delivery, 'BatchGetItem');
  }
  declareRecipient(delivery.lambda, {
    name: recipient,
    address: busArn,
    kinds: ['account', ...kindsShown(show)],
    purpose: `tokens of the devices that are to be notified, for who is told by this bus${shownOf[show]}`,
  });

  const end = system.addCommand('admin-push-token-end');
  personal.grant(end, 'GetItem', 'PutItem', 'DeleteItem');
}

const kindsShown = (show: Notifications['show']) =>
  (({ nothing: [], sender: ['profile'], text: ['profile', 'message'] }) as const)[show];

const shownOf = {
  nothing: '',
  sender: ', and the name of whoever wrote the message',
  text: ', the name of whoever wrote the message and its beginning',
} as const satisfies Readonly<Record<Notifications['show'], string>>;

/** Whether somebody is to be notified of a message. */
function grantDeciding(system: ChatSystem, fn: ChatFunction): void {
  const { messages, personal, connections, consents, privacy } = system.data;
  messages?.grant(fn, 'BatchGetItem');
  privacy.grantRetention(fn, 'messages');
  connections.grant(fn, 'BatchGetItem');
  personal.grant(fn, 'BatchGetItem');
  consents.grant(fn, 'Query');
}
