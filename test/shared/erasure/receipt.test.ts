import { finishErasure } from '../../../shared/erasure/finish-erasure.ts';
import { receiptOf } from '../../../shared/erasure/receipt.ts';
import { concernedBy, type Erasers, stepsOf } from '../../../shared/erasure/steps.ts';
import type { Receipt } from '../../../shared/protocol/erasure/table.ts';
import { personalStores, storesOf } from '../../../shared/protocol/personal-stores.ts';
import { erasureByStore } from '../../../shared/stores/privacy/erasure-by-store.ts';
import type { ErasureRequest, Tally } from '../../../shared/stores/privacy/erasure-request.ts';
import { epochMillis } from '../../../shared/time.ts';
import { askingFor } from '../../support/hold-world.ts';

// More than any one deployment has: where messages are stored no media is handed over.
const all = storesOf({
  messagesStored: true,
  mediaHandedOver: true,
  profilesStored: true,
  reportsKept: true,
  devicesNotified: true,
});
const none: Tally = { deleted: 0, found: 0, held: 0 };
const erased = personalStores.filter((store) => erasureByStore[store].kind === 'erased');
const looked = Object.fromEntries(concernedBy({ scope: 'account' }).map((store) => [store, none]));
const request: ErasureRequest = {
  userId: 'alice',
  requestId: 'r1',
  target: { scope: 'account' },
  requestedBy: 'user',
  requestedAt: epochMillis(0),
  writtenBy: epochMillis(0),
  state: 'accepted',
  step: 6,
  tallies: looked,
  connections: ['c1 0 4000000000 mark', 'c2 0 4000000000 -'],
  updatedAt: epochMillis(0),
  revision: 7,
};

describe('the steps', () => {
  const eraser = async () => none;
  const erasers = Object.fromEntries(erased.map((store) => [store, eraser])) as unknown as Erasers;

  test('of an account go through every store that can be erased; one that erasure does not know fails here', () => {
    const steps = stepsOf({ scope: 'account' }, erasers, eraser);
    expect(steps.map(({ store }) => store).toSorted()).toEqual([...erased, undefined].toSorted());
    expect(concernedBy({ scope: 'account' }).toSorted()).toEqual([...erased].toSorted());
    // Messages are found through the memberships, and connections are told of the end.
    const order = steps.map(({ store }) => store);
    expect(order[0]).toBeUndefined();
    expect(order.indexOf('messages')).toBeLessThan(order.indexOf('conversations'));
    expect(order.at(-1)).toBe('connections');
  });

  test('leave out what this deployment does not store', () => {
    const some = { ...erasers, messages: undefined, profiles: undefined };
    expect(stepsOf({ scope: 'account' }, some, eraser)).toHaveLength(erased.length + 1 - 2);
    expect(stepsOf({ scope: 'profile' }, some, eraser).map(({ store }) => store)).toEqual(['exportFiles']);
    // Uploads that no message holds are the account's.
    const conversation = stepsOf({ scope: 'conversation', conversationId: 'd-1' }, erasers, eraser);
    expect(conversation.map(({ store }) => store)).toEqual(['messages', 'profiles', 'exportFiles']);
  });
});

describe('a receipt', () => {
  const options = {
    stores: all,
    concerned: concernedBy(request.target),
    proofSeconds: 60,
    reportSeconds: 30,
    finishedAt: epochMillis(0),
  };
  const lineOf = (receipt: Receipt, store: string) => receipt.stores.find((line) => line.store === store);

  test('names every store of the deployment, once', () => {
    const { stores } = receiptOf(request, 'done', options);
    expect(stores.map(({ store }) => store)).toEqual(personalStores);
    const fewer = receiptOf(request, 'done', { ...options, stores: new Set(['consents', 'sends'] as const) });
    expect(fewer.stores.map(({ store }) => store)).toEqual(['sends', 'consents']);
  });

  test('says of each what became of it, and when the rest is gone', () => {
    const tallies = {
      ...looked,
      messages: { deleted: 2, found: 1, held: 1 },
      profiles: { ...none, deleted: 1 },
    };
    const receipt = receiptOf({ ...request, tallies }, 'refused in part', options);
    expect(lineOf(receipt, 'messages')).toEqual({
      store: 'messages',
      outcome: 'held',
      deleted: 2,
      found: 1,
      held: 1,
    });
    expect(lineOf(receipt, 'profiles')).toMatchObject({ outcome: 'erased', deleted: 1, found: 0 });
    expect(lineOf(receipt, 'consents')).toMatchObject({ outcome: 'kept', until: '1970-01-08T00:01:00.000Z' });
    expect(lineOf(receipt, 'logs')).toMatchObject({ outcome: 'ages out', until: '1970-01-11T00:00:00.000Z' });
    expect(lineOf(receipt, 'exportFiles')).toEqual({
      store: 'exportFiles',
      outcome: 'erased',
      ...none,
      until: '1970-01-04T00:00:00.000Z',
    });
  });

  test('of a smaller scope leaves the other stores unconcerned', () => {
    const target = { scope: 'profile' } as const;
    const receipt = receiptOf({ ...request, target }, 'done', { ...options, concerned: concernedBy(target) });
    expect(receipt).toMatchObject({ scope: 'profile', requestId: 'r1', requestedBy: 'user' });
    for (const store of ['messages', 'sends', 'conversations', 'connections'])
      expect(lineOf(receipt, store)).toMatchObject({ outcome: 'not concerned' });
  });
});

describe('the end of an erasure', () => {
  function world({ held = true } = {}) {
    const calls: unknown[][] = [];
    const note =
      (name: string) =>
      async (...args: unknown[]) =>
        void calls.push([name, ...args]);
    const deps = {
      requests: {
        read: async () => undefined,
        list: async () => [],
        each: async function* () {},
        save: async (after: ErasureRequest) => calls.push(['save', after]) > 0,
        close: async () => calls.push(['close']) > 0,
      },
      holds: { among: askingFor(held ? { users: new Set([request.userId]) } : {}) },
      receipts: { put: note('receipt') },
      queue: { add: note('queue') },
      connections: { listByUser: async () => [], remove: note('remove') },
      gateway: {
        push: async (id: string, data: Uint8Array) => {
          calls.push(['push', id, JSON.parse(new TextDecoder().decode(data)).type]);
          return 'sent' as const;
        },
        close: note('cut'),
      },
      pause: note('pause'),
      policyFingerprint: 'mark',
      metrics: { put: () => undefined },
      stores: all,
      proofSeconds: 60,
      reportSeconds: 30,
      now: () => epochMillis(1_000),
    };
    return {
      deps,
      calls,
      names: () => calls.map(([name, ...rest]) => (name === 'push' ? [name, ...rest] : name)),
    };
  }

  test('keeps the receipt, tells it, cuts the sockets after a bye, and only then closes', async () => {
    const { deps, names } = world();
    await finishErasure(deps, request);
    expect(names()[0]).toBe('receipt');
    expect(names()).toContainEqual(['push', 'c1', 'erasure']);
    // A socket without consent is cut and told nothing else.
    expect(names()).not.toContainEqual(['push', 'c2', 'erasure']);
    for (const socket of ['c1', 'c2']) expect(names()).toContainEqual(['push', socket, 'bye']);
    expect(names().slice(-6)).toEqual(['pause', 'cut', 'cut', 'remove', 'remove', 'close']);
  });

  test('with something held is a refusal in part, which waits for the release', async () => {
    const { deps, calls } = world();
    const tallies = { ...looked, messages: { deleted: 1, found: 2, held: 2 } };
    await finishErasure(deps, { ...request, tallies });
    expect(calls.find(([name]) => name === 'receipt')?.[2]).toMatchObject({ state: 'refused in part' });
    expect(calls.at(-1)).toEqual([
      'save',
      expect.objectContaining({
        awaitsRelease: true,
        step: 1,
        tallies: { ...looked, messages: { deleted: 1, found: 0, held: 0 } },
      }),
    ]);
    expect(calls.at(-1)?.[1]).not.toHaveProperty('connections');
  });

  test('goes on at once when the hold was lifted before it was noted that it waits', async () => {
    const { deps, names, calls } = world({ held: false });
    const tallies = { ...looked, messages: { deleted: 1, found: 2, held: 2 } };
    await finishErasure(deps, { ...request, tallies });
    expect(names().slice(-2)).toEqual(['save', 'queue']);
    expect(calls.at(-1)?.[1]).toEqual({ userId: request.userId, target: request.target });
  });

  test.each([
    ['something is found that no hold keeps', { ...looked, messages: { deleted: 1, found: 2, held: 1 } }],
    ['a store has not been looked at', Object.fromEntries(Object.entries(looked).slice(1))],
  ])('is not yet when %s: the work begins again', async (_name, tallies) => {
    const { deps, calls, names } = world();
    await finishErasure(deps, { ...request, tallies });
    expect(names()).toEqual(['save', 'queue']);
    expect(calls[0]?.[1]).toMatchObject({ step: 1, revision: 8, connections: request.connections });
  });
});
