import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ChangeTable } from '../constructs/change-table.ts';
import { ConnectionTable } from '../constructs/connection-table.ts';
import { ConsentTable } from '../constructs/consent-table.ts';
import { ConversationTable } from '../constructs/conversation-table.ts';
import { ExportBucket } from '../constructs/export-bucket.ts';
import { FailureQueue } from '../constructs/failure-queue.ts';
import { HandoverTable } from '../constructs/handover-table.ts';
import { LiveTable } from '../constructs/live-table.ts';
import { HandoverBucket, StoredMediaBucket } from '../constructs/media-bucket.ts';
import { MediaTable } from '../constructs/media-table.ts';
import { MessageTable } from '../constructs/message-table.ts';
import { PersonalTable } from '../constructs/personal-table.ts';
import { PrivacyTable } from '../constructs/privacy-table.ts';
import { ProfileTable } from '../constructs/profile-table.ts';
import { RateLimitTable } from '../constructs/rate-limit-table.ts';
import { ReportBucket } from '../constructs/report-bucket.ts';
import { ReportTable } from '../constructs/report-table.ts';
import { SendTable } from '../constructs/send-table.ts';
import { UserPoolProvider } from '../constructs/user-pool-provider.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import { LapseStack, type LapseStackProps } from './lapse-stack.ts';

/**
 * Everything that holds data. Where messages are not stored there is no store that could hold one, but for the
 * hand-over of media if the operator asks for it, and no queue of retries: they would have nothing to read again.
 * Where profiles are not stored there is no table of them, and where nobody reports anything none of reports. Each keeps its data when the stack goes; but the next
 * deployment would make new ones, so that the stack itself is protected too.
 */
export class DataStack extends LapseStack {
  readonly messages: MessageTable | undefined;
  readonly changes: ChangeTable | undefined;
  readonly media: MediaTable | undefined;
  readonly mediaObjects: StoredMediaBucket | undefined;
  readonly handovers: HandoverTable | undefined;
  readonly handoverObjects: HandoverBucket | undefined;
  readonly reports: ReportTable | undefined;
  readonly reportObjects: ReportBucket | undefined;
  readonly profiles: ProfileTable | undefined;
  readonly conversations = new ConversationTable(this, 'Conversations');
  readonly connections = new ConnectionTable(this, 'Connections');
  readonly live = new LiveTable(this, 'Live');
  readonly personal = new PersonalTable(this, 'Personal');
  readonly rateLimits = new RateLimitTable(this, 'RateLimits');
  readonly consents: ConsentTable;
  readonly sends = new SendTable(this, 'Sends');
  readonly privacy: PrivacyTable;
  /** Present where the operator's systems are told what happens. */
  readonly eventFailures: FailureQueue | undefined;
  /** Present where devices are notified. */
  notificationWork: WorkQueue | undefined;
  notificationFailures: FailureQueue | undefined;
  readonly erasures = new WorkQueue(this, 'Erasures', {
    variable: 'erasureQueueUrl',
    dataMap: { name: 'erasures', purpose: 'erasures to be carried out' },
    deadLetters: {
      name: 'erasureDeadLetters',
      purpose: 'erasures to be carried out, which failed five times',
    },
    retention: Duration.days(1),
    timeoutSeconds: 60,
  });
  readonly exports = new WorkQueue(this, 'Exports', {
    variable: 'exportQueueUrl',
    dataMap: { name: 'exports', purpose: 'exports to be written' },
    deadLetters: { name: 'exportDeadLetters', purpose: 'exports to be written, which failed five times' },
    retention: Duration.days(1),
    // As long as Lambda lets a function run; what takes longer goes on in another run.
    timeoutSeconds: 900,
  });
  readonly exportFiles = new ExportBucket(this, 'ExportFiles');
  readonly retries: WorkQueue | undefined;
  readonly roomWork: WorkQueue | undefined;
  readonly holdWork = new WorkQueue(this, 'HoldWork', {
    variable: 'holdQueueUrl',
    dataMap: { name: 'holdWork', purpose: 'legal holds to be applied to what is stored' },
    deadLetters: {
      name: 'holdWorkDeadLetters',
      purpose: 'legal holds to be applied to what is stored, which failed five times',
    },
    retention: Duration.days(1),
    // The second look at a conversation comes later than that.
    timeoutSeconds: 120,
  });
  /** Present where the operator named no token issuer. */
  readonly userPool: UserPoolProvider | undefined;

  constructor(scope: Construct, id: string, props: LapseStackProps) {
    super(scope, id, { description: 'Lapse: the stores of the chat', terminationProtection: true }, props);
    const { messages, profiles, reports, auth, origins, events, notifications } = props.configuration;
    const stream = events !== undefined;
    this.consents = new ConsentTable(this, 'Consents', { stream });
    this.privacy = new PrivacyTable(this, 'Privacy', { stream });
    if (stream)
      this.eventFailures = new FailureQueue(this, 'EventFailures', {
        name: 'eventFailures',
        purpose:
          'which part of a stream of keys was not told to the event bus for six hours: its place, no key',
      });
    if (messages.stored) {
      this.messages = new MessageTable(this, 'Messages', { stream: stream || notifications !== undefined });
      if (notifications !== undefined) this.addNotifications();
      this.changes = new ChangeTable(this, 'Changes', { stream });
      this.media = new MediaTable(this, 'Uploads', { messagesStored: true });
      this.mediaObjects = new StoredMediaBucket(this, 'Media', { ...messages, origins });
      this.retries = new WorkQueue(this, 'Retries', {
        variable: 'retryQueueUrl',
        dataMap: {
          name: 'retries',
          purpose:
            'pushes to be tried again, by the ids of message and connections, and read receipts to come, by the reader’s id',
          deletion: 'by its retention; a message that was erased meanwhile is not found and not pushed',
        },
        deadLetters: {
          name: 'retryDeadLetters',
          purpose: 'pushes that failed five times, to find out why',
        },
        // A push that is an hour late is no push: the client has resumed by its cursors.
        retention: Duration.hours(1),
        timeoutSeconds: 10,
      });
      this.roomWork = new WorkQueue(this, 'RoomWork', {
        variable: 'roomQueueUrl',
        dataMap: {
          name: 'roomWork',
          purpose: 'rooms in which something is to be told, by the ids of room and connections',
          deletion: 'by its retention; what was erased meanwhile is not found and not pushed',
        },
        deadLetters: {
          name: 'roomWorkDeadLetters',
          purpose: 'rooms in which telling failed five times, to find out why',
        },
        // As a push: whoever was not told for an hour has asked.
        retention: Duration.hours(1),
        timeoutSeconds: 60,
      });
    } else if (messages.handoverSeconds > 0) {
      this.media = new MediaTable(this, 'HandoverUploads', { messagesStored: false });
      this.handovers = new HandoverTable(this, 'Handovers');
      this.handoverObjects = new HandoverBucket(this, 'Handover', { ...messages, origins });
    }
    if (messages.stored && reports.keepSeconds > 0) {
      this.reports = new ReportTable(this, 'Reports', { ...reports, stream });
      this.reportObjects = new ReportBucket(this, 'ReportedMedia', reports);
    }
    if (profiles.stored) this.profiles = new ProfileTable(this, 'Profiles');
    if (auth.provider === undefined) this.userPool = new UserPoolProvider(this, 'Users');
  }

  private addNotifications(): void {
    this.notificationFailures = new FailureQueue(this, 'NotificationFailures', {
      name: 'notificationFailures',
      purpose:
        'which part of the stream of the keys of messages was not read for six hours: its place, no key',
    });
    this.notificationWork = new WorkQueue(this, 'Notifications', {
      variable: 'notificationQueueUrl',
      dataMap: {
        name: 'notifications',
        purpose: 'messages of which members without a connection are to be notified, by their ids',
        deletion: 'by its retention; of what was erased meanwhile nobody is notified',
      },
      deadLetters: {
        name: 'notificationDeadLetters',
        purpose: 'messages of which notifying failed five times, to find out why',
      },
      // Of what was written an hour ago nobody is notified any more.
      retention: Duration.hours(1),
      timeoutSeconds: 60,
    });
  }
}
