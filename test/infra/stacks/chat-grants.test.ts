import { existsSync, readdirSync } from 'node:fs';
import { allowedTo, functionsOf } from '../support/functions.ts';
import { templates } from '../support/templates.ts';

const stored = templates();
const passing = templates({ messages: { store: false } });

const connections = (method: string) =>
  `execute-api:ManageConnections on arn:{Partition}:execute-api:ap-northeast-2:{AccountId}:ChatApi/v1/${method}/@connections/*`;
const foundByMember = ['dynamodb:Query on ConversationsTable/index/byMember'];
/** To have large groups find a connection, or find it no more. */
const live = [
  'dynamodb:Query on LiveTable',
  'dynamodb:BatchWriteItem on LiveTable',
  'dynamodb:UpdateItem on LiveTable',
];
const stayingLive = ['dynamodb:BatchGetItem on ConnectionsTable', ...live];
/** To tell those who have asked for it that somebody has come. */
const tellingPresence = [
  'dynamodb:GetItem on PersonalTable',
  'dynamodb:BatchGetItem on PersonalTable',
  'dynamodb:BatchGetItem on ConnectionsTable',
  'dynamodb:UpdateItem on ConnectionsTable',
];
/** Or gone. */
const endingPresence = [
  ...tellingPresence,
  'dynamodb:PutItem on PersonalTable',
  'dynamodb:DeleteItem on PersonalTable',
  'dynamodb:Query on ConsentsTable',
];
const manageConnections = [connections('POST'), connections('DELETE')];

const heldGrants = ['dynamodb:Query on MessagesTable', 'dynamodb:UpdateItem on MessagesTable'];
const messageGrants = [
  ...heldGrants,
  'dynamodb:PutItem on MessagesTable',
  'sqs:SendMessage on RoomWorkQueue',
  'sqs:SendMessage on RetriesQueue',
  'lambda:InvokeFunction on ProcessMediaFunction',
];

const onMedia = (action: string) => `s3:${action} on MediaBucket/media/*`;

const tagging = [onMedia('PutObjectTagging'), onMedia('DeleteObjectTagging'), 's3:ListBucket on MediaBucket'];
const removingMedia = [
  'dynamodb:UpdateItem on UploadsTable',
  'dynamodb:DeleteItem on UploadsTable',
  onMedia('DeleteObject'),
];
const readingMedia = [onMedia('GetObject'), 's3:ListBucket on MediaBucket'];
const findingUploads = [
  'dynamodb:GetItem on UploadsTable',
  'dynamodb:Query on UploadsTable/index/byUploader',
  's3:PutObject on MediaBucket/incoming/*',
];
const remembered = (kind: string) =>
  ['GetItem', 'PutItem'].map((action) => `dynamodb:${action} on PrivacyTable, ${kind}-retention alone`);
/** Nothing else of the records of privacy. */
const askingForHolds = 'dynamodb:BatchGetItem on PrivacyTable, holds alone';
const ofMessages = [
  'dynamodb:DeleteItem on MessagesTable',
  'dynamodb:Query on ChangesTable',
  'dynamodb:PutItem on ChangesTable',
  'dynamodb:BatchGetItem on MessagesTable',
  ...remembered('message'),
  ...messageGrants,
  ...tagging,
  ...removingMedia,
  ...readingMedia,
  ...findingUploads,
  'dynamodb:BatchGetItem on ReportsTable',
  'dynamodb:BatchWriteItem on ReportsTable',
];

/** What people give to messages, where these are stored. */
const ofReactions: Readonly<Record<string, readonly string[]>> = {
  history: ['dynamodb:Query on PersonalTable'],
  'apply-holds': ['dynamodb:Query on PersonalTable', 'dynamodb:UpdateItem on PersonalTable'],
  'carry-out-erasures': [
    'dynamodb:GetItem on PersonalTable',
    'dynamodb:PutItem on PersonalTable',
    'dynamodb:DeleteItem on PersonalTable',
    'dynamodb:GetItem on MessagesTable',
    'dynamodb:UpdateItem on MessagesTable',
    'dynamodb:Query on ChangesTable',
    'dynamodb:PutItem on ChangesTable',
    'sqs:SendMessage on RetriesQueue',
  ],
};

const ofTitles = [
  ...remembered('profile'),
  'dynamodb:BatchGetItem on ProfilesTable',
  'dynamodb:UpdateItem on ProfilesTable',
];

const counted = 'dynamodb:UpdateItem on RateLimitsTable';
/** What every action needs. */
const asked = [counted, 'dynamodb:Query on ConsentsTable'];

/** To change what a message says. */
const changing = [
  ...live,
  ...asked,
  ...remembered('message'),
  askingForHolds,
  ...manageConnections,
  'dynamodb:BatchGetItem on MessagesTable',
  'dynamodb:PutItem on MessagesTable',
  'dynamodb:UpdateItem on MessagesTable',
  'dynamodb:Query on ChangesTable',
  'dynamodb:PutItem on ChangesTable',
  'dynamodb:GetItem on ConversationsTable',
  'dynamodb:Query on ConversationsTable',
  'dynamodb:UpdateItem on ConversationsTable',
  'dynamodb:GetItem on SendsTable',
  'dynamodb:PutItem on SendsTable',
  'dynamodb:BatchGetItem on ConnectionsTable',
  'dynamodb:UpdateItem on ConnectionsTable',
  'sqs:SendMessage on RoomWorkQueue',
];

/** To list somebody's conversations. */
const listing = [
  ...ofTitles,
  ...foundByMember,
  'dynamodb:GetItem on ConversationsTable',
  'dynamodb:Query on ConversationsTable',
  'dynamodb:UpdateItem on ConversationsTable',
  'dynamodb:BatchGetItem on MessagesTable',
  'dynamodb:GetItem on PersonalTable',
  'dynamodb:Query on PersonalTable',
  'dynamodb:BatchGetItem on PersonalTable',
  'dynamodb:BatchWriteItem on PersonalTable',
];

const erasingReporters = ['dynamodb:BatchGetItem on ReportsTable', 'dynamodb:BatchWriteItem on ReportsTable'];
const copying = [
  'dynamodb:GetItem on UploadsTable',
  's3:GetObject on MediaBucket/media/*',
  's3:ListBucket on MediaBucket',
  's3:PutObject on ReportedMediaBucket/*',
  's3:PutObjectTagging on ReportedMediaBucket/*',
];
/** To bring a report to its end, and its message. */
const endingReports = [
  ...['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'].map(
    (action) => `dynamodb:${action} on ReportsTable`,
  ),
  's3:DeleteObject on ReportedMediaBucket/*',
  's3:DeleteObjectTagging on ReportedMediaBucket/*',
  's3:ListBucket on ReportedMediaBucket',
  'dynamodb:DeleteItem on PersonalTable',
  'dynamodb:Query on MessagesTable',
  'dynamodb:GetItem on PrivacyTable',
  'dynamodb:PutItem on PrivacyTable',
  askingForHolds,
  'sqs:SendMessage on ErasuresQueue',
  ...remembered('report'),
];

const grants: Readonly<Record<string, readonly string[]>> = {
  authorize: ['dynamodb:Query on ConsentsTable'],
  connect: [...tellingPresence, ...live, 'dynamodb:Query on ConsentsTable', ...manageConnections],
  disconnect: [...endingPresence, ...live, ...manageConnections],
  default: [counted],
  hello: [
    'dynamodb:BatchGetItem on ConversationsTable',
    'dynamodb:PutItem on ConversationsTable',
    'dynamodb:DeleteItem on ConversationsTable',
    'dynamodb:BatchWriteItem on ConversationsTable',
    'dynamodb:DeleteItem on PersonalTable',
    'dynamodb:GetItem on SendsTable',
    'dynamodb:PutItem on SendsTable',
    'dynamodb:PutItem on MessagesTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    'sqs:SendMessage on RetriesQueue',
    askingForHolds,
    ...manageConnections,
    ...stayingLive,
    'dynamodb:Query on MessagesTable',
    ...remembered('message'),
    ...listing,
    counted,
    'dynamodb:Query on ConsentsTable',
  ],
  conversations: [
    ...stayingLive,
    'dynamodb:Query on MessagesTable',
    ...remembered('message'),
    ...listing,
    ...asked,
  ],
  consent: [
    ...endingPresence,
    ...live,
    counted,
    'dynamodb:GetItem on ConsentsTable',
    'dynamodb:PutItem on ConsentsTable',
    'dynamodb:ConditionCheckItem on ConsentsTable',
    'dynamodb:GetItem on ConnectionsTable',
    'dynamodb:ConditionCheckItem on ConnectionsTable',
    ...manageConnections,
  ],
  open: [
    'dynamodb:BatchGetItem on PersonalTable',
    'dynamodb:BatchWriteItem on ConversationsTable',
    ...stayingLive,
    ...asked,
    ...remembered('profile'),
    ...manageConnections,
    'dynamodb:UpdateItem on ConnectionsTable',
    'dynamodb:PutItem on ProfilesTable',
    'dynamodb:BatchGetItem on ProfilesTable',
    'dynamodb:Query on ConversationsTable',
    'dynamodb:PutItem on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:BatchGetItem on ConversationsTable',
    askingForHolds,
    'dynamodb:BatchWriteItem on PersonalTable',
  ],
  members: [
    'dynamodb:BatchGetItem on PersonalTable',
    'dynamodb:BatchWriteItem on PersonalTable',
    'dynamodb:DeleteItem on LiveTable',
    ...live,
    ...asked,
    ...remembered('message'),
    askingForHolds,
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:BatchGetItem on ConversationsTable',
    'dynamodb:Query on ConversationsTable',
    'dynamodb:PutItem on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:DeleteItem on ConversationsTable',
    'dynamodb:BatchWriteItem on ConversationsTable',
    'dynamodb:GetItem on SendsTable',
    'dynamodb:PutItem on SendsTable',
    'dynamodb:PutItem on MessagesTable',
    'dynamodb:Query on MessagesTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    'sqs:SendMessage on RetriesQueue',
    ...manageConnections,
  ],
  title: [
    ...live,
    ...asked,
    ...remembered('message'),
    ...remembered('profile'),
    askingForHolds,
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:Query on ConversationsTable',
    'dynamodb:PutItem on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:ConditionCheckItem on ConversationsTable',
    'dynamodb:GetItem on SendsTable',
    'dynamodb:PutItem on SendsTable',
    'dynamodb:PutItem on MessagesTable',
    'dynamodb:Query on MessagesTable',
    'dynamodb:BatchGetItem on ProfilesTable',
    'dynamodb:PutItem on ProfilesTable',
    'dynamodb:DeleteItem on ProfilesTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    'sqs:SendMessage on RetriesQueue',
    ...manageConnections,
  ],
  pin: [
    ...live,
    ...asked,
    ...remembered('message'),
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:Query on ConversationsTable',
    'dynamodb:PutItem on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:DeleteItem on ConversationsTable',
    'dynamodb:GetItem on SendsTable',
    'dynamodb:PutItem on SendsTable',
    'dynamodb:BatchGetItem on MessagesTable',
    'dynamodb:UpdateItem on MessagesTable',
    'dynamodb:Query on ChangesTable',
    'dynamodb:PutItem on ChangesTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    'sqs:SendMessage on RoomWorkQueue',
    ...manageConnections,
  ],
  react: [
    ...live,
    ...asked,
    ...remembered('message'),
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:Query on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:PutItem on SendsTable',
    'dynamodb:GetItem on MessagesTable',
    'dynamodb:UpdateItem on MessagesTable',
    'dynamodb:Query on ChangesTable',
    'dynamodb:PutItem on ChangesTable',
    'dynamodb:GetItem on PersonalTable',
    'dynamodb:PutItem on PersonalTable',
    'dynamodb:DeleteItem on PersonalTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    'sqs:SendMessage on RetriesQueue',
    'sqs:SendMessage on RoomWorkQueue',
    ...manageConnections,
  ],
  send: [
    'dynamodb:BatchGetItem on PrivacyTable, holds alone',
    'dynamodb:GetItem on UploadsTable',
    'dynamodb:PutItem on UploadsTable',
    'dynamodb:UpdateItem on UploadsTable',
    ...live,
    ...remembered('message'),
    ...asked,
    'dynamodb:BatchGetItem on ConsentsTable',
    'lambda:InvokeFunction on ProcessMediaFunction',
    'dynamodb:PutItem on MessagesTable',
    'dynamodb:Query on MessagesTable',
    'sqs:SendMessage on RetriesQueue',
    'sqs:SendMessage on RoomWorkQueue',
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:Query on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    'dynamodb:PutItem on SendsTable',
    'dynamodb:UpdateItem on SendsTable',
    ...manageConnections,
    'dynamodb:BatchWriteItem on PersonalTable',
  ],
  upload: [
    'dynamodb:Query on LiveTable',
    ...asked,
    'dynamodb:PutItem on UploadsTable',
    'dynamodb:GetItem on ConversationsTable',
    's3:PutObject on MediaBucket/incoming/*',
  ],
  download: [
    'dynamodb:GetItem on UploadsTable',
    'dynamodb:Query on LiveTable',
    ...remembered('message'),
    ...asked,
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:Query on MessagesTable',
    's3:GetObject on MediaBucket/media/*',
  ],
  'process-media': [
    'dynamodb:GetItem on UploadsTable',
    'dynamodb:UpdateItem on UploadsTable',
    's3:GetObject on MediaBucket/incoming/*',
    's3:ListBucket on MediaBucket',
    's3:PutObject on MediaBucket/incoming/*',
    's3:DeleteObject on MediaBucket/media/*',
    's3:PutObject on MediaBucket/media/*',
  ],
  'sweep-profiles': [
    ...remembered('profile'),
    'dynamodb:DeleteItem on ProfilesTable',
    askingForHolds,
    'dynamodb:Query on ProfilesTable/index/bySweep',
  ],
  'sweep-uploads': [
    'dynamodb:GetItem on UploadsTable',
    'dynamodb:DeleteItem on UploadsTable',
    'dynamodb:Query on MessagesTable',
    askingForHolds,
    'dynamodb:Query on UploadsTable/index/bySweep',
    'dynamodb:UpdateItem on UploadsTable',
    's3:DeleteObject on MediaBucket/incoming/*',
    's3:DeleteObject on MediaBucket/media/*',
    's3:DeleteObjectTagging on MediaBucket/media/*',
    's3:ListBucket on MediaBucket',
    's3:PutObjectTagging on MediaBucket/media/*',
  ],
  watch: [
    ...live,
    ...asked,
    askingForHolds,
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:Query on MessagesTable',
    'dynamodb:BatchGetItem on ProfilesTable',
    'dynamodb:UpdateItem on ProfilesTable',
    'dynamodb:GetItem on PrivacyTable, profile-retention alone',
    'dynamodb:PutItem on PrivacyTable, profile-retention alone',
  ],
  unwatch: [...live, ...asked],
  'deliver-room': [
    'dynamodb:BatchGetItem on MessagesTable',
    ...live,
    'dynamodb:GetItem on LiveTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    'dynamodb:Query on MessagesTable',
    'dynamodb:PutItem on MessagesTable',
    ...remembered('message'),
    ...manageConnections,
    'sqs:ReceiveMessage on RoomWorkQueue',
    'sqs:DeleteMessage on RoomWorkQueue',
    'sqs:GetQueueAttributes on RoomWorkQueue',
    'sqs:SendMessage on RoomWorkQueue',
  ],
  block: [
    ...live,
    ...asked,
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:Query on PersonalTable',
    'dynamodb:BatchGetItem on PersonalTable',
    'dynamodb:UpdateItem on PersonalTable',
    'dynamodb:DeleteItem on PersonalTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    ...manageConnections,
  ],
  typing: [
    ...live,
    ...asked,
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:Query on ConversationsTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    ...manageConnections,
  ],
  read: [
    ...live,
    ...asked,
    'dynamodb:Query on MessagesTable',
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:Query on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    'sqs:SendMessage on RetriesQueue',
    ...manageConnections,
  ],
  delivered: [
    ...live,
    ...asked,
    'dynamodb:Query on MessagesTable',
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:Query on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    'sqs:SendMessage on RetriesQueue',
    ...manageConnections,
  ],
  edit: changing,
  recall: [
    ...changing,
    'dynamodb:ConditionCheckItem on ConversationsTable',
    'dynamodb:GetItem on UploadsTable',
    'dynamodb:UpdateItem on UploadsTable',
    'dynamodb:DeleteItem on UploadsTable',
    's3:DeleteObject on MediaBucket/media/*',
  ],
  history: [
    'dynamodb:BatchGetItem on MessagesTable',
    'dynamodb:Query on ChangesTable',
    'dynamodb:Query on LiveTable',
    ...(ofReactions['history'] ?? []),
    ...remembered('message'),
    ...asked,
    'dynamodb:Query on MessagesTable',
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
  ],
  search: [
    'dynamodb:Query on LiveTable',
    ...remembered('message'),
    ...asked,
    'dynamodb:Query on MessagesTable',
    'dynamodb:GetItem on ConversationsTable',
  ],
  profile: [
    ...remembered('profile'),
    ...asked,
    'dynamodb:BatchGetItem on ProfilesTable',
    'dynamodb:PutItem on ProfilesTable',
    'dynamodb:BatchGetItem on PersonalTable',
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:BatchGetItem on ConversationsTable',
    askingForHolds,
  ],
  ping: [counted],
  mute: [
    ...live,
    ...asked,
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    ...manageConnections,
  ],
  arrange: [
    ...live,
    ...asked,
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    ...manageConnections,
  ],
  settings: [
    ...tellingPresence,
    ...live,
    ...asked,
    'dynamodb:PutItem on PersonalTable',
    'dynamodb:DeleteItem on PersonalTable',
    ...manageConnections,
  ],
  presence: [
    ...live,
    ...asked,
    'dynamodb:BatchGetItem on PersonalTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:BatchGetItem on ConversationsTable',
  ],
  devices: [
    ...live,
    ...asked,
    'dynamodb:GetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    ...manageConnections,
  ],
  'retry-push': [
    'dynamodb:GetItem on PersonalTable',
    'dynamodb:BatchWriteItem on PersonalTable',
    ...live,
    ...remembered('message'),
    'dynamodb:Query on MessagesTable',
    'dynamodb:Query on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    'sqs:ReceiveMessage on RetriesQueue',
    'sqs:DeleteMessage on RetriesQueue',
    'sqs:GetQueueAttributes on RetriesQueue',
    'sqs:SendMessage on RetriesQueue',
    ...manageConnections,
  ],
  purge: [
    'dynamodb:GetItem on UploadsTable',
    'dynamodb:DeleteItem on MessagesTable',
    ...remembered('message'),
    'dynamodb:BatchWriteItem on MessagesTable',
    'dynamodb:DeleteItem on PrivacyTable',
    'dynamodb:DeleteItem on UploadsTable',
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:PutItem on PrivacyTable',
    'dynamodb:Query on ConversationsTable/index/byNextPurge',
    'dynamodb:Query on ConversationsTable/index/byPurgeFrom',
    'dynamodb:Query on MessagesTable',
    askingForHolds,
    'dynamodb:Query on PrivacyTable, purge-lap alone',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:UpdateItem on UploadsTable',
    's3:DeleteObject on MediaBucket/media/*',
  ],
  'admin-consent-show': ['dynamodb:Query on ConsentsTable'],
  'admin-message-send': [
    ...live,
    ...remembered('message'),
    ...asked,
    'dynamodb:PutItem on MessagesTable',
    'dynamodb:Query on MessagesTable',
    'sqs:SendMessage on RetriesQueue',
    'sqs:SendMessage on RoomWorkQueue',
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:Query on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    'dynamodb:PutItem on SendsTable',
    'dynamodb:UpdateItem on SendsTable',
    ...manageConnections,
    'dynamodb:BatchWriteItem on PersonalTable',
  ],
  'admin-conversation-open': [
    'dynamodb:BatchGetItem on PersonalTable',
    'dynamodb:BatchWriteItem on ConversationsTable',
    ...stayingLive,
    ...asked,
    ...remembered('profile'),
    ...manageConnections,
    'dynamodb:UpdateItem on ConnectionsTable',
    'dynamodb:PutItem on ProfilesTable',
    'dynamodb:BatchGetItem on ProfilesTable',
    'dynamodb:Query on ConversationsTable',
    'dynamodb:PutItem on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:BatchGetItem on ConversationsTable',
    askingForHolds,
    'dynamodb:BatchWriteItem on PersonalTable',
  ],
  'admin-conversation-members': [
    'dynamodb:BatchGetItem on PersonalTable',
    'dynamodb:BatchWriteItem on PersonalTable',
    'dynamodb:DeleteItem on LiveTable',
    ...live,
    ...asked,
    ...remembered('message'),
    askingForHolds,
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:BatchGetItem on ConversationsTable',
    'dynamodb:Query on ConversationsTable',
    'dynamodb:PutItem on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:DeleteItem on ConversationsTable',
    'dynamodb:BatchWriteItem on ConversationsTable',
    'dynamodb:GetItem on SendsTable',
    'dynamodb:PutItem on SendsTable',
    'dynamodb:PutItem on MessagesTable',
    'dynamodb:Query on MessagesTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    'sqs:SendMessage on RetriesQueue',
    ...manageConnections,
  ],
  'admin-conversation-title': [
    ...live,
    counted,
    ...remembered('message'),
    ...remembered('profile'),
    askingForHolds,
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:Query on ConversationsTable',
    'dynamodb:PutItem on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:ConditionCheckItem on ConversationsTable',
    'dynamodb:GetItem on SendsTable',
    'dynamodb:PutItem on SendsTable',
    'dynamodb:PutItem on MessagesTable',
    'dynamodb:Query on MessagesTable',
    'dynamodb:BatchGetItem on ProfilesTable',
    'dynamodb:PutItem on ProfilesTable',
    'dynamodb:DeleteItem on ProfilesTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    'sqs:SendMessage on RetriesQueue',
    ...manageConnections,
  ],
  'admin-import': [
    'dynamodb:BatchGetItem on PersonalTable',
    'dynamodb:BatchWriteItem on ConversationsTable',
    ...stayingLive,
    'dynamodb:Query on ConsentsTable',
    ...remembered('profile'),
    ...manageConnections,
    'dynamodb:UpdateItem on ConnectionsTable',
    'dynamodb:PutItem on ProfilesTable',
    'dynamodb:BatchGetItem on ProfilesTable',
    'dynamodb:Query on ConversationsTable',
    'dynamodb:PutItem on ConversationsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:BatchGetItem on ConversationsTable',
    askingForHolds,
    'dynamodb:BatchWriteItem on PersonalTable',
    ...remembered('message'),
    'dynamodb:PutItem on MessagesTable',
    'dynamodb:Query on MessagesTable',
    'dynamodb:PutItem on SendsTable',
    'dynamodb:BatchGetItem on SendsTable',
    'sqs:SendMessage on RetriesQueue',
  ],
  'admin-conversation-show': ['dynamodb:Query on ConversationsTable'],
  'admin-message-erase': [
    'dynamodb:Query on MessagesTable',
    'dynamodb:GetItem on PrivacyTable',
    'dynamodb:PutItem on PrivacyTable',
    askingForHolds,
    'sqs:SendMessage on ErasuresQueue',
  ],
  'admin-consent-record': [
    'dynamodb:Query on ConsentsTable',
    'dynamodb:GetItem on ConsentsTable',
    'dynamodb:PutItem on ConsentsTable',
    'dynamodb:ConditionCheckItem on ConsentsTable',
  ],
  'admin-consent-withdraw': [
    ...endingPresence,
    ...live,
    'dynamodb:PutItem on ConsentsTable',
    'dynamodb:GetItem on ConnectionsTable',
    'dynamodb:ConditionCheckItem on ConnectionsTable',
    ...manageConnections,
  ],
  'admin-purge-status': [
    ...remembered('message'),
    'dynamodb:Query on ConversationsTable/index/byNextPurge',
    'dynamodb:Query on ConversationsTable/index/byPurgeFrom',
    'dynamodb:Query on PrivacyTable',
  ],
  'admin-retention-preview': [
    ...remembered('message'),
    'dynamodb:Query on ConversationsTable/index/byNextPurge',
    'dynamodb:Query on ConversationsTable/index/byPurgeFrom',
    'dynamodb:Query on MessagesTable',
    'dynamodb:BatchGetItem on PrivacyTable, holds alone',
  ],
  'admin-hold': [
    'dynamodb:Query on ConsentsTable',
    ...foundByMember,
    'dynamodb:GetItem on ConnectionsTable',
    'dynamodb:Query on RateLimitsTable',
    'dynamodb:BatchGetItem on ProfilesTable',
    'dynamodb:Query on PrivacyTable',
    'dynamodb:PutItem on PrivacyTable',
    'dynamodb:Query on ConversationsTable',
    'sqs:SendMessage on HoldWorkQueue',
  ],
  'admin-release': [
    'dynamodb:BatchGetItem on PrivacyTable, holds alone',
    'dynamodb:PutItem on PrivacyTable',
    'dynamodb:Query on PrivacyTable',
    'sqs:SendMessage on ErasuresQueue',
    'sqs:SendMessage on HoldWorkQueue',
  ],
  'apply-holds': [
    'dynamodb:GetItem on UploadsTable',
    'dynamodb:UpdateItem on UploadsTable',
    'dynamodb:DeleteItem on UploadsTable',
    'dynamodb:DeleteItem on MessagesTable',
    onMedia('DeleteObject'),
    ...(ofReactions['apply-holds'] ?? []),
    'dynamodb:Query on LiveTable',
    'dynamodb:UpdateItem on LiveTable',
    'dynamodb:Query on SendsTable',
    'dynamodb:BatchGetItem on ProfilesTable',
    'dynamodb:DeleteItem on PrivacyTable',
    'dynamodb:PutItem on PrivacyTable',
    'dynamodb:Query on ConversationsTable',
    ...foundByMember,
    'dynamodb:Query on MessagesTable',
    'dynamodb:Query on PrivacyTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:DeleteItem on ConversationsTable',
    'dynamodb:UpdateItem on MessagesTable',
    'dynamodb:UpdateItem on ProfilesTable',
    's3:DeleteObjectTagging on MediaBucket/media/*',
    's3:ListBucket on MediaBucket',
    's3:PutObjectTagging on MediaBucket/media/*',
    'sqs:DeleteMessage on HoldWorkQueue',
    'sqs:GetQueueAttributes on HoldWorkQueue',
    'sqs:ReceiveMessage on HoldWorkQueue',
    'sqs:SendMessage on HoldWorkQueue',
    askingForHolds,
  ],
  'admin-user-export': [
    ...remembered('message'),
    'dynamodb:GetItem on PrivacyTable',
    'dynamodb:PutItem on PrivacyTable',
    'dynamodb:UpdateItem on PrivacyTable',
    's3:GetObject on ExportFilesBucket/*',
    'sqs:SendMessage on ExportsQueue',
  ],
  export: [
    ...asked,
    ...remembered('message'),
    'dynamodb:GetItem on PrivacyTable',
    'dynamodb:PutItem on PrivacyTable',
    'dynamodb:UpdateItem on PrivacyTable',
    's3:GetObject on ExportFilesBucket/*',
    'sqs:SendMessage on ExportsQueue',
  ],
  'write-export': [
    'dynamodb:GetItem on UploadsTable',
    ...live,
    ...remembered('message'),
    ...remembered('profile'),
    'dynamodb:Query on PersonalTable',
    'dynamodb:Query on RateLimitsTable',
    'dynamodb:BatchGetItem on ProfilesTable',
    'dynamodb:DeleteItem on PrivacyTable',
    'dynamodb:GetItem on ConnectionsTable',
    'dynamodb:GetItem on PrivacyTable',
    'dynamodb:Query on ConsentsTable',
    'dynamodb:Query on ConversationsTable',
    ...foundByMember,
    'dynamodb:Query on MessagesTable',
    'dynamodb:Query on PrivacyTable',
    'dynamodb:Query on SendsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    'dynamodb:UpdateItem on PrivacyTable',
    's3:AbortMultipartUpload on ExportFilesBucket/*',
    's3:DeleteObject on ExportFilesBucket/*',
    's3:GetObject on ExportFilesBucket/*',
    's3:GetObject on MediaBucket/media/*',
    's3:ListBucket on ExportFilesBucket',
    's3:ListBucket on MediaBucket',
    's3:PutObject on ExportFilesBucket/*',
    'sqs:DeleteMessage on ExportsQueue',
    'sqs:GetQueueAttributes on ExportsQueue',
    'sqs:ReceiveMessage on ExportsQueue',
    'sqs:SendMessage on ExportsQueue',
    ...manageConnections,
  ],
  'tend-exports': [
    'dynamodb:DeleteItem on PrivacyTable',
    'dynamodb:DeleteItem on PrivacyTable, laps alone',
    'dynamodb:PutItem on PrivacyTable, laps alone',
    'dynamodb:Query on PrivacyTable',
    'dynamodb:UpdateItem on PrivacyTable',
    's3:AbortMultipartUpload on ExportFilesBucket/*',
    's3:DeleteObject on ExportFilesBucket/*',
    's3:ListBucket on ExportFilesBucket',
    'sqs:SendMessage on ExportsQueue',
  ],
  'expire-connections': [
    ...endingPresence,
    ...live,
    'dynamodb:Query on ConnectionsTable/index/byExpiry',
    ...manageConnections,
  ],
  erase: [
    'dynamodb:Query on LiveTable',
    ...remembered('message'),
    ...asked,
    'dynamodb:BatchGetItem on PrivacyTable, holds alone',
    ...foundByMember,
    'dynamodb:GetItem on PrivacyTable',
    'dynamodb:PutItem on PrivacyTable',
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:Query on ConversationsTable',
    'dynamodb:ConditionCheckItem on ConversationsTable',
    'dynamodb:Query on MessagesTable',
    'sqs:SendMessage on ErasuresQueue',
  ],
  report: [
    ...asked,
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:Query on LiveTable',
    'dynamodb:Query on MessagesTable',
    ...remembered('message'),
    ...remembered('report'),
    ...['BatchGetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'].map(
      (action) => `dynamodb:${action} on ReportsTable`,
    ),
    'dynamodb:Query on PersonalTable',
    'dynamodb:PutItem on PersonalTable',
    ...copying,
  ],
  'sweep-reports': [...endingReports, ...copying, 'dynamodb:Query on ReportsTable/index/byState'],
  'admin-report-decide': endingReports,
  'admin-report-list': ['dynamodb:Query on ReportsTable/index/byState', ...remembered('report')],
  'admin-report-show': [
    'dynamodb:GetItem on ReportsTable',
    'dynamodb:Query on ReportsTable',
    's3:GetObject on ReportedMediaBucket/*',
    ...remembered('report'),
  ],
  'carry-out-erasures': [
    'dynamodb:DeleteItem on MessagesTable',
    ...(ofReactions['carry-out-erasures'] ?? []),
    ...erasingReporters,
    'sqs:SendMessage on RoomWorkQueue',
    ...live,
    'dynamodb:BatchGetItem on PrivacyTable, holds alone',
    'dynamodb:Query on PersonalTable',
    'dynamodb:BatchWriteItem on PersonalTable',
    'dynamodb:Query on RateLimitsTable',
    'dynamodb:DeleteItem on RateLimitsTable',
    'dynamodb:BatchGetItem on ConnectionsTable',
    'dynamodb:BatchGetItem on ConversationsTable',
    'dynamodb:BatchGetItem on ProfilesTable',
    'dynamodb:ConditionCheckItem on ConnectionsTable',
    'dynamodb:DeleteItem on ConnectionsTable',
    'dynamodb:DeleteItem on ConversationsTable',
    'dynamodb:DeleteItem on PrivacyTable',
    'dynamodb:DeleteItem on ProfilesTable',
    'dynamodb:DeleteItem on SendsTable',
    'dynamodb:DeleteItem on UploadsTable',
    'dynamodb:GetItem on ConnectionsTable',
    'dynamodb:GetItem on ConversationsTable',
    'dynamodb:GetItem on PrivacyTable',
    'dynamodb:GetItem on UploadsTable',
    'dynamodb:Query on UploadsTable/index/byUploader',
    's3:ListBucket on MediaBucket',
    's3:PutObject on MediaBucket/incoming/*',
    'dynamodb:PutItem on ConsentsTable',
    'dynamodb:PutItem on MessagesTable',
    'dynamodb:PutItem on PrivacyTable',
    'dynamodb:Query on ConsentsTable',
    'dynamodb:Query on ConversationsTable',
    ...foundByMember,
    'dynamodb:Query on MessagesTable',
    'dynamodb:Query on PrivacyTable',
    'dynamodb:Query on SendsTable',
    'dynamodb:UpdateItem on ConnectionsTable',
    'dynamodb:UpdateItem on ConsentsTable',
    'dynamodb:UpdateItem on ConversationsTable',
    'dynamodb:UpdateItem on PrivacyTable',
    'dynamodb:UpdateItem on SendsTable',
    'dynamodb:UpdateItem on UploadsTable',
    's3:AbortMultipartUpload on ExportFilesBucket/*',
    's3:DeleteObject on ExportFilesBucket/*',
    's3:DeleteObject on MediaBucket/media/*',
    's3:ListBucket on ExportFilesBucket',
    'sqs:DeleteMessage on ErasuresQueue',
    'sqs:GetQueueAttributes on ErasuresQueue',
    'sqs:ReceiveMessage on ErasuresQueue',
    'sqs:SendMessage on ErasuresQueue',
    'sqs:SendMessage on ExportsQueue',
    ...manageConnections,
  ],
  'resume-erasures': [
    'dynamodb:BatchGetItem on PrivacyTable, holds alone',
    'dynamodb:PutItem on PrivacyTable, laps alone',
    'dynamodb:DeleteItem on PrivacyTable, laps alone',
    'dynamodb:Query on PrivacyTable',
    'sqs:SendMessage on ErasuresQueue',
  ],
  'admin-user-erase': [
    'dynamodb:Query on ConsentsTable',
    ...foundByMember,
    'dynamodb:GetItem on ConnectionsTable',
    'dynamodb:Query on RateLimitsTable',
    'dynamodb:BatchGetItem on ProfilesTable',
    'dynamodb:BatchGetItem on PrivacyTable, holds alone',
    'dynamodb:GetItem on PrivacyTable',
    'dynamodb:PutItem on PrivacyTable',
    'sqs:SendMessage on ErasuresQueue',
  ],
  'admin-user-receipts': ['dynamodb:Query on PrivacyTable'],
};

test('where profiles are not stored, `profile` may touch nothing but what every action does', () => {
  expect(allowedTo(templates({ profiles: { store: false } }), 'profile')).toEqual(
    [...asked, ...ownLog('profile')].toSorted(),
  );
});

test('where profiles are not stored, `open` writes nothing of a title', () => {
  const stays = (grants['open'] ?? []).filter((grant) => !/Profiles|profile/.test(grant));
  expect(allowedTo(templates({ profiles: { store: false } }), 'open')).toEqual(
    [...stays, ...ownLog('open')].toSorted(),
  );
});

function ownLog(name: string): readonly string[] {
  const id =
    name === 'default'
      ? 'DefaultRoute'
      : name.replaceAll(/(^|-)(\w)/g, (_, __, letter) => letter.toUpperCase());
  return [`logs:CreateLogStream on ${id}Logs`, `logs:PutLogEvents on ${id}Logs`];
}

test('the functions are these and no other', () => {
  expect([...functionsOf(stored).keys()].toSorted()).toEqual(Object.keys(grants).toSorted());
});

test.each(Object.entries(grants))('%s may do exactly this', (name, allowed) => {
  expect(allowedTo(stored, name)).toEqual([...allowed, ...ownLog(name)].toSorted());
});

test('each folder in functions/ is deployed, and nothing else is', () => {
  const folders = readdirSync('functions').filter((name) => existsSync(`functions/${name}/handler.ts`));
  const byConfiguration = [
    ...['sweep-handovers', 'publish-events', 'push-token', 'queue-notifications', 'notify-members'],
    ...['admin-push-delivery', 'admin-push-token-end'],
  ];
  expect([...functionsOf(stored).keys(), ...byConfiguration].toSorted()).toEqual(folders.toSorted());
});

const onlyWhereStored = [
  'admin-import',
  'deliver-room',
  'retry-push',
  'process-media',
  'sweep-uploads',
  'purge',
  'admin-purge-status',
  'admin-retention-preview',
  'sweep-reports',
  'admin-report-list',
  'admin-report-show',
  'admin-report-decide',
];

test('where messages are not stored nothing is retried or swept', () => {
  expect([...functionsOf(passing).keys()].filter((name) => onlyWhereStored.includes(name))).toEqual([]);
});

/** What a forward of media reads and writes. */
const ofForwards: Readonly<Record<string, readonly string[]>> = {
  send: ['dynamodb:BatchGetItem on PrivacyTable, holds alone', 'dynamodb:PutItem on UploadsTable'],
};

/** Whether it has been sent before, which nothing else says there. */
const onlyWhereNotStored: Readonly<Record<string, readonly string[]>> = {
  send: ['dynamodb:GetItem on SendsTable'],
  'admin-message-send': ['dynamodb:GetItem on SendsTable'],
  // Devices of a time before, with their tokens.
  'carry-out-erasures': ['GetItem', 'PutItem', 'DeleteItem'].map(
    (call) => `dynamodb:${call} on PersonalTable`,
  ),
};

const storedRoutes = ['upload', 'download', 'report', 'react', 'edit', 'recall', 'pin'];

test.each(storedRoutes)(
  '%s may touch nothing but what every action does where messages are not stored',
  (name) => {
    expect(allowedTo(passing, name)).toEqual([...asked, ...ownLog(name)].toSorted());
  },
);

test('where the time to live alone deletes there is no sweeper, and holds all the same', () => {
  const names = [...functionsOf(templates({ purge: 'ttl' })).keys()];
  expect(names).not.toContain('purge');
  expect(names).not.toContain('sweep-profiles');
  expect(names).toEqual(expect.arrayContaining(['admin-hold', 'admin-release', 'apply-holds']));
});

test.each(Object.entries(grants).filter(([name]) => ![...onlyWhereStored, ...storedRoutes].includes(name)))(
  '%s may do the same but for messages where these are not stored',
  (name, allowed) => {
    const without = [...ofMessages, ...(ofReactions[name] ?? []), ...(ofForwards[name] ?? [])];
    const rest = allowed.filter((grant) => !without.includes(grant));
    const more = onlyWhereNotStored[name] ?? [];
    expect(allowedTo(passing, name)).toEqual([...rest, ...more, ...ownLog(name)].toSorted());
  },
);

test('no role has a managed policy', () => {
  for (const role of Object.values(stored.chat.findResources('AWS::IAM::Role'))) {
    expect(role['Properties']).not.toHaveProperty('ManagedPolicyArns');
  }
});

test('each function has a role of its own', () => {
  const roles = [...functionsOf(stored).values()].map(({ role }) => role);
  expect(new Set(roles).size).toBe(roles.length);
});

const objectsInBucket = / on (ExportFilesBucket|ReportedMediaBucket|MediaBucket\/(media|incoming))\/\*$/;

test('no action is a wildcard, and no resource but the connections of the one stage and what is in a bucket', () => {
  const lines = Object.keys(grants).flatMap((name) => allowedTo(stored, name));
  const wild = lines.map((line) => line.replace(objectsInBucket, '')).filter((line) => line.includes('*'));
  expect(wild.filter((line) => !manageConnections.includes(line))).toEqual([]);
});
