import fc from 'fast-check';
import { markMembers } from '../../../shared/listing/mark-members.ts';
import { markRecent, noteRecent } from '../../../shared/listing/note-recent.ts';
import { conversationRowStore } from '../../../shared/stores/conversations/conversation-row-store.ts';
import { conversationStore } from '../../../shared/stores/conversations/conversation-store.ts';
import type { Database } from '../../../shared/stores/dynamodb/database.ts';
import { dayOf, recentStore } from '../../../shared/stores/personal/recent-store.ts';
import type { RecentJob } from '../../../shared/stores/queue/recent-job.ts';
import { type EpochMillis, epochMillis } from '../../../shared/time.ts';
import { memoryDynamoDb } from '../../promises/dynamodb/engine.ts';
import { type Death, deathWithin, dying } from '../../support/dying.ts';
import { direct, type Step } from '../../support/step.ts';
import { tableModels } from '../../support/store-tables.ts';

const day = 86_400_000;
const minute = 60_000;
const start = epochMillis(1_800_000_000_000);
const conversationId = 'g-1';
const crowdOf = (size: number) => Array.from({ length: size }, (_, index) => `user-${index}`);

/** A group whose list marks are looked at after each effect of whoever writes there or does the queue's work. */
async function world(size: number) {
  let now: EpochMillis = start;
  const engine = memoryDynamoDb(tableModels('conversations', 'personal'), { now: () => now });
  const people = crowdOf(size);
  const queue: RecentJob[] = [];
  const calls = { marks: 0, jobs: 0 };
  const marksOf = () => {
    const days = new Map<string, Set<string>>();
    for (const { userId, entry } of engine.items('personal'))
      days.set(
        String(userId),
        (days.get(String(userId)) ?? new Set()).add(String(entry).split('#')[1] ?? ''),
      );
    return days;
  };
  const headOf = () => [...engine.items('conversations')].find(({ entry }) => entry === 'head') ?? {};
  /** One too many at any time, and never one too few. */
  const look = () => {
    const marks = marksOf();
    const { recentOn } = headOf();
    const without = people.filter((each) => marks.get(each)?.has(String(recentOn)) !== true);
    if (without.length > 0) throw new Error(`no mark of ${String(recentOn)} has ${without.join(', ')}`);
  };
  const deps = (step: Step) => {
    const db = {
      send: async (command: Parameters<typeof engine.execute>[0]) =>
        step(() => {
          if (command.constructor.name === 'BatchWriteCommand') calls.marks += 1;
          const result = engine.execute(command);
          look();
          return result;
        }),
    } as unknown as Database;
    return {
      conversations: {
        ...conversationStore(db, 'conversations', () => now),
        ...conversationRowStore(db, 'conversations', () => now),
      },
      recent: recentStore(db, 'personal'),
      recentJobs: {
        add: async (job: RecentJob) =>
          step(() => {
            calls.jobs += 1;
            queue.push(job);
          }),
      },
      retentionSeconds: 7 * 86_400,
      now: () => now,
    };
  };
  const quiet = { send: async (command: Parameters<typeof engine.execute>[0]) => engine.execute(command) };
  const db = quiet as unknown as Database;
  await markRecent(
    { recent: recentStore(db, 'personal'), retentionSeconds: 7 * 86_400 },
    people,
    conversationId,
    now,
  );
  await conversationStore(db, 'conversations', () => now).create(
    { conversationId, kind: 'group', createdAt: now, recentOn: dayOf(now) },
    people,
    new Set(),
  );
  return {
    ...{ queue, calls, people, marksOf, headOf },
    pass: (millis: number) => {
      now = epochMillis(now + millis);
    },
    today: () => dayOf(now),
    async send(step: Step) {
      const made = deps(step);
      const conversation = await made.conversations.read(conversationId);
      if (conversation === undefined) throw new Error('it is gone');
      const settle = await noteRecent(made, conversation, now);
      await settle();
    },
    work: async (step: Step, job: RecentJob) => markMembers(deps(step), job),
  };
}

type Act =
  | { readonly does: 'send' | 'work' | 'work twice'; readonly dies: Death | undefined }
  | { readonly does: 'wait'; readonly millis: number };
const dies = deathWithin(8);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: dies.map((death) => ({ does: 'send', dies: death }) as const) },
  { weight: 4, arbitrary: dies.map((death) => ({ does: 'work', dies: death }) as const) },
  { weight: 2, arbitrary: dies.map((death) => ({ does: 'work twice', dies: death }) as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(minute, 20 * minute, day).map((millis) => ({ does: 'wait', millis }) as const),
  },
);

test('whatever dies, comes twice or comes late, each member of a group has a mark by which its head finds them', async () => {
  const seen = { jobs: 0, died: 0, days: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.constantFrom(3, 40),
      fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 8 }),
      async (scheduler, size, chapters) => {
        const it = await world(size);
        const step: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          return effect();
        };
        for (const acts of chapters) {
          for (const each of acts) {
            if (each.does === 'wait') {
              it.pass(each.millis);
              continue;
            }
            if (each.dies !== undefined) seen.died += 1;
            const own = dying(each.dies, step);
            const job = each.does === 'send' ? undefined : it.queue[0];
            if (each.does === 'send') void it.send(own);
            // A job that dies is delivered once more: it stays.
            else if (job !== undefined) {
              void it.work(own, job);
              if (each.dies === undefined) it.queue.shift();
              if (each.does === 'work twice') void it.work(step, job);
            }
          }
          await scheduler.waitIdle();
        }
        it.pass(day);
        await it.send(direct);
        for (const job of it.queue.splice(0)) await it.work(direct, job);
        expect(it.headOf()['recentOn']).toBe(it.today());
        seen.jobs += it.calls.jobs;
        if (it.headOf()['recentOn'] !== dayOf(start)) seen.days += 1;
      },
    ),
    { numRuns: 100, endOnFailure: true },
  );
  expect(Math.min(seen.jobs, seen.died, seen.days)).toBeGreaterThan(30);
});

test('a large group costs its writer a call to the queue and one write, however many it has, and asks once', async () => {
  const it = await world(1_000);
  it.pass(day);
  await it.send(direct);
  for (let more = 0; more < 5; more += 1) await it.send(direct);
  expect(it.calls).toEqual({ marks: 0, jobs: 1 });
  // Nobody has done it for a quarter of an hour.
  it.pass(16 * minute);
  await it.send(direct);
  expect(it.calls).toEqual({ marks: 0, jobs: 2 });
  const [job, again] = it.queue.splice(0);
  if (job === undefined || again === undefined) throw new Error('nothing was asked for');
  await it.work(direct, job);
  // 25 a call: as many marks, and the former ones taken away.
  expect(it.calls.marks).toBe(80);
  await it.work(direct, again);
  await it.send(direct);
  expect(it.calls).toEqual({ marks: 80, jobs: 2 });
  expect(new Set([...it.marksOf().values()].map((days) => [...days].join()))).toEqual(new Set([it.today()]));
});

test('in a group of 32 the writer marks everybody, in two calls', async () => {
  const it = await world(32);
  it.pass(day);
  await it.send(direct);
  expect(it.calls).toEqual({ marks: 4, jobs: 0 });
});
