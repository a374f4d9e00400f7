import fc from 'fast-check';
import { eventBusGateway, type PutEvents } from '../../../shared/events/event-bus-gateway.ts';
import { type NotifyMembersDeps, notifyMembers } from '../../../shared/notifications/notify-members.ts';
import type { Conversation, Member } from '../../../shared/stores/conversations/conversation.ts';
import type { StoredMessage } from '../../../shared/stores/messages/exact-message-store.ts';
import type { NotificationJob } from '../../../shared/stores/queue/notification-job.ts';
import { type EpochSeconds, epochMillis, epochSeconds } from '../../../shared/time.ts';
import { type Death, deathWithin, dying } from '../../support/dying.ts';
import { steadyRetention } from '../../support/steady-retention.ts';
import type { Step } from '../../support/step.ts';
import { direct } from '../../support/step.ts';

const now = epochMillis(1_800_000_000_000);
const seq = 7;
const job: NotificationJob = { conversationId: 'g-1', seq };

const kinds = [
  'away',
  'away',
  'away',
  'named',
  'connected',
  'of an older policy',
  'without a device',
  'over',
  'muted',
  'muted before',
  'named and muted',
  'blocks',
  'withdrawn',
  'has read it',
  'came later',
  'not to know',
] as const;
type Kind = (typeof kinds)[number];
/** As the promise says, and nothing more. */
const isNotified: ReadonlySet<Kind> = new Set(['away', 'named', 'muted before']);

const idOf = (index: number) => `u${String(index).padStart(4, '0')}`;

function memberOf(userId: string, kind: Kind): Member {
  return {
    userId,
    readSeq: kind === 'has read it' ? seq : 0,
    ...((kind === 'muted' || kind === 'named and muted') && { mutedUntil: epochMillis(now + 1) }),
    ...(kind === 'muted before' && { mutedUntil: epochMillis(now - 1) }),
    ...(kind === 'came later' && { joinedSeq: seq + 1 }),
  };
}

function world(of: readonly Kind[]) {
  const kindOf = new Map(of.map((kind, index) => [idOf(index), kind]));
  const having = (userIds: readonly string[], ...wanted: readonly Kind[]) =>
    userIds.filter((userId) => wanted.includes(kindOf.get(userId) ?? 'away'));
  const ids = [...kindOf.keys()];
  const members = new Map([
    ['author', { userId: 'author', readSeq: 0 } as Member],
    ['bot:news', { userId: 'bot:news', readSeq: 0 } as Member],
    ...[...kindOf].map(([userId, kind]) => [userId, memberOf(userId, kind)] as const),
  ]);
  const conversation = { head: { kind: 'group' }, members } as unknown as Conversation;
  const row = { conversationId: 'g-1', seq, id: 'i', from: 'author' };
  const ends = { sentAt: epochMillis(now - 1_000), expiresAt: epochSeconds(now + 60_000) };
  const state = {
    stored: {
      header: { ...row, ...ends, held: false, hiddenFor: having(ids, 'not to know') },
      message: {
        ...{ ...row, ...ends, content: { type: 'text', text: 'canary' } },
        mentions: having(ids, 'named', 'named and muted'),
      },
    } as StoredMessage | undefined,
    told: [] as { userId: string; eventId: string; mentioned: boolean }[],
    queue: [job] as NotificationJob[],
    pagesRead: 0,
  };

  function deps(step: Step, isOver: () => boolean, refuses: () => boolean): NotifyMembersDeps {
    const put: PutEvents = async (entries) =>
      step(() => {
        if (refuses()) return entries.map(() => ({ ErrorCode: 'ThrottlingException' }));
        state.told.push(...entries.map(({ Detail }) => JSON.parse(Detail)));
        return entries.map(() => ({}));
      });
    const live = (expiresAt: EpochSeconds) => [
      { device: 'd', platform: 'fcm' as const, tokenId: 't', registeredAt: now, expiresAt },
    ];
    return {
      conversations: { read: async () => step(() => conversation) },
      messages: { readExactly: async () => step(() => (state.stored === undefined ? [] : [state.stored])) },
      retention: steadyRetention(60, () => now),
      connections: {
        listNow: async (userIds) =>
          step(() => {
            state.pagesRead += 1;
            return having(userIds, 'connected', 'of an older policy').map((userId) => ({
              ...{ userId, connectionId: `c-${userId}`, connectedAt: now },
              expiresAt: epochSeconds(now + 60_000),
              consentedPolicy: kindOf.get(userId) === 'connected' ? 'mark' : 'older',
            }));
          }),
      },
      blocks: { blockersNow: async (_from, userIds) => step(() => new Set(having(userIds, 'blocks'))) },
      tokens: {
        among: async (userIds) =>
          step(() => {
            const without = new Set(having(userIds, 'without a device'));
            const over = new Set(having(userIds, 'over'));
            const withOne = userIds.filter((userId) => !without.has(userId));
            return new Map(
              withOne.map((userId) => [
                userId,
                live(epochSeconds(over.has(userId) ? now - 1_000 : now + 60_000)),
              ]),
            );
          }),
      },
      consent: async (userId) =>
        step(() => {
          const kind = kindOf.get(userId);
          if (kind === 'withdrawn') return 'withdrawn' as const;
          return kind === 'of an older policy' ? ('stale' as const) : ('granted' as const);
        }),
      policyFingerprint: 'mark',
      now: () => now,
      bus: eventBusGateway(put, { arn: 'bus', source: 'lapse' }, async () => undefined),
      jobs: { add: async (next) => step(() => void state.queue.push(next)) },
      isOver,
    };
  }
  return { state, deps, meant: ids.filter((userId) => isNotified.has(kindOf.get(userId) as Kind)) };
}

type Fate = { readonly dies: Death | undefined; readonly pages: number; readonly refused: number };
const fate: fc.Arbitrary<Fate> = fc.record({
  // Each person who is away is a call: some deaths come before the first event, others between two.
  dies: fc.option(deathWithin(110), { nil: undefined }),
  pages: fc.integer({ min: 1, max: 2 }),
  refused: fc.constantFrom(0, 0, 0, 0, 3, 8),
});

async function settled(): Promise<void> {
  for (let turn = 0; turn < 2_000; turn += 1) await Promise.resolve();
}

test('everybody who is to be notified is told of, under one id each, and nobody else, whatever dies, is refused or runs out of time', async () => {
  const seen = { deaths: 0, continued: 0, refused: 0, told: 0, toldAgain: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...kinds), { minLength: 0, maxLength: 330, size: 'max' }),
      fc.array(fate, { maxLength: 6, size: 'max' }),
      async (of, fates) => {
        const { state, deps, meant } = world(of);
        for (let turn = 0; state.queue.length > 0; turn += 1) {
          const [next] = state.queue;
          if (next === undefined) break;
          const { dies, pages, refused } = fates[turn] ?? { dies: undefined, pages: 4, refused: 0 };
          let left = refused;
          let looked = 0;
          let isDone = false;
          const isOver = () => {
            looked += 1;
            return looked > pages;
          };
          const refuses = () => {
            left -= 1;
            return left >= 0;
          };
          const before = state.queue.length;
          const run = notifyMembers(deps(dying(dies, direct), isOver, refuses), next).then(
            () => {
              isDone = true;
            },
            () => {
              seen.refused += 1;
            },
          );
          await Promise.race([run, settled()]);
          if (state.queue.length > before) seen.continued += 1;
          // What ends well is taken out of the queue; what fails or dies comes again.
          if (isDone) state.queue.splice(0, 1);
          else seen.deaths += 1;
          if (turn > 60) throw new Error('there is no end');
        }
        const ids = new Map<string, Set<string>>();
        for (const { userId, eventId } of state.told)
          ids.set(userId, (ids.get(userId) ?? new Set()).add(eventId));
        expect([...ids.keys()].toSorted()).toEqual(meant);
        expect([...ids.values()].every(({ size }) => size === 1)).toBe(true);
        expect(new Set([...ids.values()].flatMap((each) => [...each])).size).toBe(meant.length);
        expect(JSON.stringify(state.told)).not.toContain('canary');
        seen.told += meant.length;
        if (state.told.length > meant.length) seen.toldAgain += 1;
      },
    ),
    { numRuns: 400 },
  );
  expect(seen.deaths).toBeGreaterThan(30);
  expect(seen.continued).toBeGreaterThan(20);
  expect(seen.told).toBeGreaterThan(500);
  expect(seen.toldAgain).toBeGreaterThan(10);
});

test('what was recalled between two pages is told to nobody on the second', async () => {
  const { state, deps } = world(Array.from({ length: 250 }, () => 'away' as const));
  const first = deps(
    direct,
    () => false,
    () => false,
  );
  const withdrawing: NotifyMembersDeps = {
    ...first,
    bus: {
      async put(events) {
        const left = await first.bus.put(events);
        state.stored = undefined;
        return left;
      },
    },
  };
  await notifyMembers(withdrawing, job);
  // Whoever wrote it is the first of the page.
  expect(state.told.length).toBe(99);
});

test.each([
  ['has ended', { sentAt: epochMillis(now - 61_000) }],
  ['was erased', { tombstonedAt: now }],
  ['was recalled', { recalledAt: now }],
])('of what %s nobody is told', async (_what, header) => {
  const { state, deps } = world(['away']);
  if (state.stored !== undefined)
    state.stored = { ...state.stored, header: { ...state.stored.header, ...header } };
  await notifyMembers(
    deps(
      direct,
      () => false,
      () => false,
    ),
    job,
  );
  expect(state.told).toEqual([]);
});

test('of what is an hour old nobody is told, as of what is imported', async () => {
  const { state, deps } = world(['away']);
  const sentAt = epochMillis(now - 3_601_000);
  const ends = { sentAt, expiresAt: epochSeconds(now + 60_000) };
  const { header, message } = state.stored as StoredMessage;
  const long = { retention: steadyRetention(86_400, () => now) };
  const notify = async () =>
    notifyMembers(
      {
        ...deps(
          direct,
          () => false,
          () => false,
        ),
        ...long,
      },
      job,
    );
  state.stored = { header: { ...header, ...ends }, message: { ...message, ...ends } };
  await notify();
  expect(state.told).toEqual([]);
  state.stored = { header, message };
  await notify();
  expect(state.told).toHaveLength(1);
});

test('of a group of a thousand of whom nobody has a device each page is one look at three tables', async () => {
  const { state, deps } = world(Array.from({ length: 1_000 }, () => 'without a device' as const));
  let calls = 0;
  const counted: Step = async (effect) => {
    calls += 1;
    return effect();
  };
  await notifyMembers(
    deps(
      counted,
      () => false,
      () => false,
    ),
    job,
  );
  // The conversation once; of each page the message, the devices and the connections.
  expect(calls).toBe(1 + 11 * 3);
  expect(state.told).toEqual([]);
});
