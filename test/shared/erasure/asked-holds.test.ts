import { eraseMemberships } from '../../../shared/erasure/erase-memberships.ts';
import { eraseMessages } from '../../../shared/erasure/erase-messages.ts';
import { eraseProfile } from '../../../shared/erasure/erase-profile.ts';
import { eraseSends } from '../../../shared/erasure/erase-sends.ts';
import type { Eraser } from '../../../shared/erasure/eraser.ts';
import type { AskedHolds } from '../../../shared/stores/privacy/hold-store.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { accountErasure } from '../../support/account-erasure.ts';
import { noChanges } from '../../support/no-changes.ts';
import { nothingInRooms } from '../../support/no-live-groups.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => `g-${index}`);
const rechecks = { add: async () => undefined };

/** A page of each store, as full as it can be. */
const conversations = {
  listIds: async (_userId: string, limit: number) => ({ ids: many(limit), next: 'g-more' }),
  readMemberships: async () => [],
  forgetNamedBy: async () => undefined,
  removeMember: async () => true,
  removeEnded: async () => undefined,
  read: async () => undefined,
};
const titles = {
  read: async (ids: readonly string[]) =>
    ids.map((conversationId) => ({
      conversationId,
      by: 'alice',
      title: 'words',
      updatedAt: epochMillis(0),
      expiresAt: 9 as EpochSeconds,
    })),
  remove: async () => true,
};
const message = (seq: number) => ({
  conversationId: 'g-0',
  seq,
  id: `m${seq}`,
  from: 'alice',
  sentAt: epochMillis(0),
  expiresAt: 9 as EpochSeconds,
  held: false,
});
const written = {
  messages: {
    headers: async () => ({
      headers: Array.from({ length: 240 }, (_, index) => message(index + 1)),
      more: true,
    }),
    tombstone: async () => true,
  },
  sends: { recordResult: async () => undefined },
  removeMedia: async () => 'removed' as const,
  objects: { count: async () => 0 },
  tell: async () => undefined,
  now: () => epochMillis(9),
};
const sends = {
  listKeys: async () => ({ keys: Array.from({ length: 100 }, (_, index) => `g-${index % 3}#${index}`) }),
  remove: async () => undefined,
};
const profiles = {
  read: async () => [{ userId: 'alice', updatedAt: epochMillis(0), expiresAt: 9 as EpochSeconds }],
  remove: async () => true,
};

const replaced = { listReplaced: async () => [], removeReplaced: async () => false };

const erasers: readonly (readonly [string, Eraser, readonly number[]])[] = [
  [
    '240 messages',
    eraseMessages({ ...written, ...noChanges, conversations, rechecks, sentInRooms: nothingInRooms }),
    [2],
  ],
  ['100 sends in three conversations', eraseSends(sends), [4]],
  [
    'a profile and a hundred titles',
    eraseProfile({ profiles, titles: { ...titles, ...replaced }, conversations }),
    [1, 101],
  ],
  [
    '25 memberships and their titles',
    eraseMemberships({
      conversations,
      titles: { ...titles, ...replaced },
      rechecks,
      returnedAt: async () => undefined,
    } as never),
    [26, 26],
  ],
];

test.each(erasers)(
  'a page of %s asks for the holds of that page, however many there are',
  async (_name, run, units) => {
    const asked: number[] = [];
    await run(
      { ...accountErasure, target: { scope: 'account' } },
      async ({ users = [], conversations: ids = [] }: AskedHolds) => {
        asked.push(new Set(users).size + new Set(ids).size);
        return { users: new Set(), conversations: new Set() };
      },
      undefined,
    );
    expect(asked).toEqual(units);
  },
);

test('late sends, and a page without any, ask for none', async () => {
  const ask = async () => {
    throw new Error('asked for a hold');
  };
  await eraseSends(sends)({ ...accountErasure, isLate: true }, ask, undefined);
  await eraseSends({ ...sends, listKeys: async () => ({ keys: [] }) })(accountErasure, ask, undefined);
});
