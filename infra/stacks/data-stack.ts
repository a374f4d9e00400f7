import type { Construct } from 'constructs';
import { ConnectionTable } from '../constructs/connection-table.ts';
import { ConsentTable } from '../constructs/consent-table.ts';
import { ConversationTable } from '../constructs/conversation-table.ts';
import { MediaBucket } from '../constructs/media-bucket.ts';
import { MessageTable } from '../constructs/message-table.ts';
import { PrivacyTable } from '../constructs/privacy-table.ts';
import { ProfileTable } from '../constructs/profile-table.ts';
import { RetryQueue } from '../constructs/retry-queue.ts';
import { SendTable } from '../constructs/send-table.ts';
import { UserPoolProvider } from '../constructs/user-pool-provider.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import { erasureSeconds } from './erasure-times.ts';
import { holdSeconds } from './hold-times.ts';
import { LapseStack, type LapseStackProps } from './lapse-stack.ts';

/**
 * Everything that holds data. Where messages are not stored there is no store that could hold one, and no
 * queue of retries: they would have nothing to read again. Where profiles are not stored there is no table of them.
 */
export class DataStack extends LapseStack {
  readonly messages: MessageTable | undefined;
  readonly profiles: ProfileTable | undefined;
  readonly conversations = new ConversationTable(this, 'Conversations');
  readonly connections = new ConnectionTable(this, 'Connections');
  readonly consents = new ConsentTable(this, 'Consents');
  readonly sends = new SendTable(this, 'Sends');
  readonly privacy = new PrivacyTable(this, 'Privacy');
  readonly erasures = new WorkQueue(this, 'Erasures', {
    envName: 'ERASURE_QUEUE_URL',
    timeoutSeconds: erasureSeconds,
  });
  readonly retries: RetryQueue | undefined;
  readonly holdWork = new WorkQueue(this, 'HoldWork', {
    envName: 'HOLD_QUEUE_URL',
    timeoutSeconds: holdSeconds,
  });
  /** Present where the operator named no token issuer. */
  readonly userPool: UserPoolProvider | undefined;

  constructor(scope: Construct, id: string, props: LapseStackProps) {
    super(scope, id, 'Lapse: the stores of the chat', props);
    const { messages, profiles, auth } = props.configuration;
    if (messages.stored) {
      this.messages = new MessageTable(this, 'Messages');
      new MediaBucket(this, 'Media', messages);
      this.retries = new RetryQueue(this, 'Retries');
    }
    if (profiles.stored) this.profiles = new ProfileTable(this, 'Profiles');
    if (auth.provider === undefined) this.userPool = new UserPoolProvider(this, 'Users');
  }
}
