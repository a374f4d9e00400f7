import { type PersonalStore, personalStores, storesOf } from '../../../shared/protocol/personal-stores.ts';
import { templates } from '../../infra/support/templates.ts';

/** Where each of them is in the template. The logs are one, however many groups there are. */
const resources: Readonly<Record<PersonalStore, string>> = {
  messages: 'Table Messages',
  changes: 'Table Changes',
  media: 'Table Uploads',
  mediaObjects: 'Bucket MediaBucket',
  handovers: 'Table Handovers',
  handoverObjects: 'Bucket HandoverBucket',
  sends: 'Table Sends',
  conversations: 'Table Conversations',
  connections: 'Table Connections',
  live: 'Table Live',
  personal: 'Table Personal',
  reports: 'Table Reports',
  reportObjects: 'Bucket ReportedMediaBucket',
  rateLimits: 'Table RateLimits',
  profiles: 'Table Profiles',
  consents: 'Table Consents',
  privacy: 'Table Privacy',
  retries: 'Queue RetriesQueue',
  retryDeadLetters: 'Queue RetriesDeadLetters',
  roomWork: 'Queue RoomWorkQueue',
  roomWorkDeadLetters: 'Queue RoomWorkDeadLetters',
  notifications: 'Queue NotificationsQueue',
  notificationDeadLetters: 'Queue NotificationsDeadLetters',
  erasures: 'Queue ErasuresQueue',
  erasureDeadLetters: 'Queue ErasuresDeadLetters',
  exports: 'Queue ExportsQueue',
  exportDeadLetters: 'Queue ExportsDeadLetters',
  exportFiles: 'Bucket ExportFilesBucket',
  holdWork: 'Queue HoldWorkQueue',
  holdWorkDeadLetters: 'Queue HoldWorkDeadLetters',
  logs: 'LogGroup',
};

const kinds: Readonly<Record<string, RegExp>> = {
  'AWS::DynamoDB::Table': /Table[0-9A-F]{8}$/,
  'AWS::DynamoDB::GlobalTable': /Table[0-9A-F]{8}$/,
  'AWS::SQS::Queue': /[0-9A-F]{8}$/,
  'AWS::S3::Bucket': /[0-9A-F]{8}$/,
  'AWS::Logs::LogGroup': /.*/,
};

function storesIn(stacks: ReturnType<typeof templates>): readonly string[] {
  const all = [stacks.data, stacks.chat].flatMap((template) =>
    Object.entries<{ Type: string }>(template.toJSON()['Resources']),
  );
  const found = all.flatMap(([id, { Type }]) => {
    const ending = kinds[Type];
    return ending === undefined ? [] : [`${Type.split('::').at(-1)} ${id.replace(ending, '')}`.trim()];
  });
  return [...new Set(found)].toSorted();
}

/** Handed over is only what is not stored. */
const ofMessages = [
  { messagesStored: true, mediaHandedOver: false },
  { messagesStored: false, mediaHandedOver: false },
  { messagesStored: false, mediaHandedOver: true },
];
const combinations = ofMessages.flatMap((each) =>
  [true, false].flatMap((profilesStored) =>
    // What is not stored cannot be reported, and nobody is notified of it.
    (each.messagesStored ? [true, false] : [false]).map((is) => ({
      ...each,
      profilesStored,
      reportsKept: is,
      devicesNotified: is !== profilesStored && each.messagesStored,
    })),
  ),
);
const busArn = 'arn:aws:events:ap-northeast-2:111122223333:event-bus/chat';
/** Which part of a stream was given up: nobody's id, and no key. */
const ofNobody = 'Queue NotificationFailuresQueue';

test.each(combinations)(
  'the stores of a person are those of the template: messages $messagesStored, handed over $mediaHandedOver, profiles $profilesStored, reports $reportsKept, notified $devicesNotified',
  (kept) => {
    const stacks = templates({
      messages: { store: kept.messagesStored, ...(kept.mediaHandedOver && { handover: '5m' }) },
      profiles: { store: kept.profilesStored },
      ...(kept.messagesStored && !kept.reportsKept && { reports: false }),
      ...(kept.devicesNotified && { notifications: { busArn, recipient: 'the tests' } }),
    });
    const placed = kept.mediaHandedOver ? { ...resources, media: 'Table HandoverUploads' } : resources;
    const known = [...storesOf(kept)].map((store) => placed[store]);
    expect(storesIn(stacks).filter((store) => store !== ofNobody)).toEqual(known.toSorted());
  },
);

test('each of them is in some deployment', () => {
  const found = new Set(combinations.flatMap((kept) => [...storesOf(kept)]));
  expect([...found].toSorted()).toEqual([...personalStores].toSorted());
});
