import { type PersonalStore, personalStores, storesOf } from '../../../shared/privacy/personal-stores.ts';
import { templates } from '../../infra/support/templates.ts';

/** Where each of them is in the template. The logs are one, however many groups there are. */
const resources: Readonly<Record<PersonalStore, string>> = {
  messages: 'Table Messages',
  media: 'Table Uploads',
  mediaObjects: 'Bucket MediaBucket',
  sends: 'Table Sends',
  conversations: 'Table Conversations',
  connections: 'Table Connections',
  profiles: 'Table Profiles',
  consents: 'Table Consents',
  privacy: 'Table Privacy',
  retries: 'Queue RetriesQueue',
  retryDeadLetters: 'Queue RetriesDeadLetters',
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

const combinations = [true, false].flatMap((messagesStored) =>
  [true, false].map((profilesStored) => ({ messagesStored, profilesStored })),
);

test.each(combinations)(
  'the stores of a person are those of the template: messages $messagesStored, profiles $profilesStored',
  (kept) => {
    const stacks = templates({
      messages: { store: kept.messagesStored },
      profiles: { store: kept.profilesStored },
    });
    const known = [...storesOf(kept)].map((store) => resources[store]);
    expect(storesIn(stacks)).toEqual(known.toSorted());
  },
);

test('with everything stored there are all of them', () => {
  expect([...storesOf({ messagesStored: true, profilesStored: true })]).toEqual(personalStores);
});
