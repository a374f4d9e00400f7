import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { erasePersonal } from '../../../shared/erasure/erase-personal.ts';
import { endPushDevices } from '../../../shared/notifications/end-push-devices.ts';
import { blockStore } from '../../../shared/stores/personal/block-store.ts';
import { lastActiveStore } from '../../../shared/stores/personal/last-active-store.ts';
import { personalRowStore } from '../../../shared/stores/personal/personal-row-store.ts';
import { type PushTokenStore, pushTokenStore } from '../../../shared/stores/personal/push-token-store.ts';
import { recentStore } from '../../../shared/stores/personal/recent-store.ts';
import { waitingStore } from '../../../shared/stores/personal/waiting-store.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { askingFor } from '../../support/hold-world.ts';
import { type StoreTables, storeTables } from '../../support/store-tables.ts';

/** What goes with an account of what somebody has for themselves, and what of others stays. */
let tables: StoreTables;
beforeEach(async () => {
  tables = await storeTables('personal');
});
afterEach(async () => tables?.close());

const expiresAt = 4e9 as EpochSeconds;
const at = epochMillis(1_800_000_000_000);
const request = { userId: 'alice', target: { scope: 'account' }, writtenBy: epochMillis(1_000) } as const;

function world() {
  const { db } = tables;
  const personal = personalRowStore(db, 'personal');
  const tokens = pushTokenStore(db, { personal: 'personal' });
  let returned: typeof at | undefined;
  const erase = erasePersonal({
    reporters: undefined,
    takeOff: undefined,
    endPushDevices: async (userId, isMeant) => endPushDevices({ tokens }, userId, isMeant),
    personal,
    returnedAt: async () => returned,
  });
  return {
    tokens,
    blocks: blockStore(db, 'personal'),
    comeBack: () => {
      returned = epochMillis(2_000);
    },
    /** Something of every kind. */
    async furnish(userId: string) {
      const mark = { conversationId: 'g-1', day: '2026-11-29', at, expiresAt };
      await recentStore(db, 'personal').mark([userId], mark);
      await lastActiveStore(db, 'personal').put(userId, { at, expiresAt });
      await waitingStore(db, 'personal').note('g-1', [userId], expiresAt);
      const settings = { reads: false, changedAt: at };
      await db.send(
        new PutCommand({ TableName: 'personal', Item: { userId, entry: 'settings', ...settings } }),
      );
    },
    async run() {
      const results = [];
      for (let after: string | undefined; results.length < 20; ) {
        const { after: next, ...tally } = await erase(request, askingFor(), after);
        results.push(tally);
        after = next;
        if (after === undefined) return results;
      }
      throw new Error('there is no end of pieces');
    },
    async rows() {
      const { Items = [] } = await db.send(new ScanCommand({ TableName: 'personal' }));
      return Items.map(({ userId, entry }) => `${userId} ${entry}`).toSorted();
    },
  };
}

test('every row of theirs goes, of whatever kind, and with a block the row of the other one that says the same', async () => {
  const { blocks, furnish, run, rows } = world();
  await furnish('bob');
  await blocks.block('bob', 'carol', at);
  const ofOthers = await rows();
  await furnish('alice');
  await blocks.block('alice', 'bob', at);
  await blocks.block('carol', 'alice', at);
  expect(await run()).toEqual([{ deleted: 6, found: 0, held: 0 }]);
  expect(await rows()).toEqual(ofOthers);
  expect(await blocks.blocks('carol', 'alice')).toBe(false);
  expect(await blocks.blocks('bob', 'carol')).toBe(true);
  expect(await run()).toEqual([{ deleted: 0, found: 0, held: 0 }]);
});

const register = async (tokens: PushTokenStore, userId: string, device: string, registeredAt = at) => {
  const seen = await tokens.read(userId);
  const tokenId = `${userId}-${device}`;
  const own = { device, platform: 'fcm', tokenId, registeredAt, expiresAt } as const;
  const token = { device, platform: 'fcm', tokenId, expiresAt, boundTo: userId, token: 'secret' } as const;
  const agreed = { userId, entry: 1 };
  const lists = [{ userId, seen, devices: [...seen, own] }];
  expect(await tokens.replace({ lists, put: { token, seenOwner: undefined, agreed } })).toBe(true);
};

test('devices that are notified go with their tokens, and nobody else’s', async () => {
  const { tokens, run, rows } = world();
  await register(tokens, 'bob', 'phone');
  const ofOthers = await rows();
  for (const device of ['phone', 'tablet']) await register(tokens, 'alice', device);
  expect(await run()).toEqual([{ deleted: 1, found: 0, held: 0 }]);
  expect(await rows()).toEqual(ofOthers);
  expect(await tokens.tokens(['bob-phone', 'alice-phone'])).toMatchObject([{ boundTo: 'bob' }]);
});

test('who has come back keeps the devices registered since, and no earlier one', async () => {
  const { tokens, comeBack, run } = world();
  await register(tokens, 'alice', 'before', epochMillis(900));
  await register(tokens, 'alice', 'since', epochMillis(2_001));
  comeBack();
  await run();
  expect((await tokens.read('alice')).map(({ device }) => device)).toEqual(['since']);
  expect(await tokens.tokens(['alice-before', 'alice-since'])).toMatchObject([{ device: 'since' }]);
});

test('of more rows than a piece has each goes in its turn, and a hold keeps none', async () => {
  const { blocks, run, rows } = world();
  await blocks.block('dave', 'erin', at);
  for (let index = 0; index < 230; index += 1) await blocks.block('alice', `user-${index}`, at);
  const pieces = await run();
  expect(pieces.map(({ deleted }) => deleted)).toEqual([100, 100, 30]);
  expect(pieces.every(({ found, held }) => found === 0 && held === 0)).toBe(true);
  expect(await rows()).toEqual(['dave block#erin', 'erin blockedBy#dave']);
});

test('what they have again since they have come back stays', async () => {
  const { blocks, furnish, comeBack, run, rows } = world();
  await furnish('alice');
  await blocks.block('alice', 'bob', at);
  const before = await rows();
  comeBack();
  expect(await run()).toEqual([{ deleted: 0, found: 0, held: 0 }]);
  expect(await rows()).toEqual(before);
});
