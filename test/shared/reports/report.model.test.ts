import fc from 'fast-check';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import { deathWithin, dying } from '../../support/dying.ts';
import { author, keepSeconds, reportWorld, seqs, wordsOf } from '../../support/report-world.ts';
import { direct, type Step } from '../../support/step.ts';

const minute = 60_000;
const people = ['bea', 'zoe', 'dan'];
const dies = deathWithin(14);
const seq = fc.constantFrom(...seqs);
const move = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      who: fc.constantFrom(...people),
      seq,
      reason: fc.constantFrom('spam' as const, 'abuse' as const),
      dies,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      seq,
      decision: fc.constantFrom('keep' as const, 'remove' as const),
      dies,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('erase' as const), seq }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('sweep' as const), dies }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('forget' as const), who: fc.constantFrom(...people), dies }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('hold' as const), on: fc.constantFrom(true, true, false) }),
  },
);
const chapter = fc.record({
  moves: fc.array(move, { minLength: 1, maxLength: 4 }),
  pause: fc.constantFrom(1_000, 3 * minute, 10 * minute, 0.7 * keepSeconds * 1000),
});

/** What is to be told of one message: the simplest account there can be. */
type Account = {
  /** Somebody was told that it is kept, in this chapter or an earlier one; the earliest and the latest possible beginning. */
  acked: boolean;
  /** When it may have begun: from the first attempt on. */
  since: number | undefined;
  /** A decision may have been made, by somebody who did not live to say so. */
  mayBeDecided: boolean;
  decided: string | undefined;
  /** It was erased before anybody was told that it is kept: its media may be missing. */
  erasedEarly: boolean;
  /** On hold while it was known to be kept, and ever since. */
  heldSince: boolean;
};

const counts = { kept: 0, decided: 0, over: 0, heldOn: 0, died: 0 };
afterAll(() => {
  // A tenth of the runs shows each of it, at the least; some thousands of chapters are tried.
  for (const [what, count] of Object.entries(counts)) expect([what, count > 40]).toEqual([what, true]);
});

test('acked is kept whatever is erased, until it is decided or over; then nothing is left but what a hold keeps', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(chapter, { minLength: 1, maxLength: 6 }),
      async (scheduler, chapters) => {
        let now = 1_000_000_000_000;
        const world = reportWorld(() => now);
        const accounts = new Map<number, Account>(seqs.map((each) => [each, newAccount()]));
        const of = (each: number) => accounts.get(each) ?? newAccount();
        const scheduled: Step = async (effect) => scheduler.schedule(Promise.resolve()).then(effect);

        for (const { moves, pause } of chapters) {
          const forgotten = new Set<string>();
          const reporting = new Set(moves.flatMap((each) => (each.kind === 'report' ? [each.who] : [])));
          const running = moves.map(async (each) => {
            if (each.kind === 'erase') return world.erase(each.seq);
            if (each.kind === 'hold') {
              if (each.on) return void world.held.add(author);
              world.held.delete(author);
              for (const account of accounts.values()) account.heldSince = false;
              return;
            }
            const step = dying(each.dies, scheduled);
            if (each.dies !== undefined) counts.died += 1;
            if (each.kind === 'sweep') return void (await world.sweep(step));
            if (each.kind === 'forget') {
              await world.forget(step, each.who);
              forgotten.add(each.who);
              return;
            }
            const account = of(each.seq);
            if (each.kind === 'decide') {
              account.mayBeDecided = true;
              const decided = await world.decide(step, each.seq, each.decision);
              if (decided === undefined) return;
              // The first one holds.
              if (account.decided !== undefined) expect(decided.decision).toBe(account.decided);
              account.decided = decided.decision;
              return;
            }
            account.since ??= now;
            try {
              await world.report(step, each.who, each.seq, each.reason);
              account.acked = true;
            } catch (error) {
              if (!(error instanceof ProtocolError)) throw error;
              expect(['NOT_FOUND', 'CONFLICT']).toContain(error.code);
            }
          });
          const erased = moves.flatMap((each) => (each.kind === 'erase' ? [each.seq] : []));
          for (const each of erased) if (!of(each).acked) of(each).erasedEarly = true;
          const done = Promise.all(running);
          await scheduler.waitIdle();
          // Who has died never comes back.
          await Promise.race([done, new Promise((resolve) => setImmediate(resolve))]);

          for (const each of seqs) await expectAsTold(each);
          for (const who of forgotten) {
            if (reporting.has(who)) continue;
            expect(JSON.stringify(world.rows())).not.toContain(who);
            expect(JSON.stringify(world.personalRows())).not.toContain(who);
          }
          now += pause;
          const isHeld = world.held.has(author);
          for (const account of accounts.values()) {
            const isOver = account.since !== undefined && account.since + keepSeconds * 1000 <= now;
            if (!isHeld) account.heldSince = false;
            if (isOver || account.decided !== undefined || account.mayBeDecided) continue;
            if (isHeld && account.acked) account.heldSince = true;
          }
        }

        async function expectAsTold(each: number): Promise<void> {
          const account = of(each);
          const shown = await world.show(each);
          const isOver = account.since !== undefined && account.since + keepSeconds * 1000 <= now;
          if (account.decided !== undefined) {
            counts.decided += 1;
            expect(shown).toMatchObject({ state: 'decided', decision: account.decided });
            expect(JSON.stringify(shown)).not.toContain(wordsOf(each));
          } else if (account.acked && !account.mayBeDecided && !isOver) {
            counts.kept += 1;
            expect(shown).toMatchObject({ state: 'open', isCopying: false, from: author });
            expect(JSON.stringify(shown)).toContain(wordsOf(each));
            if (each === 2 && !account.erasedEarly) expect(world.copies().length).toBeGreaterThanOrEqual(2);
          }
          if (account.heldSince) {
            counts.heldOn += 1;
            expect([each, world.isKept(each)]).toEqual([each, true]);
          }
        }

        // All time passes, and nothing is on hold any more.
        world.held.clear();
        for (let run = 0; run < 4; run += 1) {
          now += keepSeconds * 1000 + 10 * minute;
          await world.sweep(direct);
        }
        counts.over += 1;
        for (const each of seqs) {
          expect([each, world.isKept(each)]).toEqual([each, false]);
          if (of(each).decided === 'remove') expect(world.isThere(each)).toBe(false);
        }
        expect(world.copies()).toEqual([]);
        // What leads nowhere, since an erasure died half-way, goes by time to live.
        expect(world.personalRows().filter(({ expiresAt }) => Number(expiresAt) * 1000 > now)).toEqual([]);
        // Half a year is not over: what was decided is known, and names nobody.
        expect(world.rows().every(({ entry }) => entry === 'decision')).toBe(true);
        for (const name of [...people, author]) expect(JSON.stringify(world.rows())).not.toContain(name);
        now += 184 * 86_400_000;
        await world.sweep(direct);
        expect(world.rows()).toEqual([]);
      },
    ),
    { numRuns: 600 },
  );
});

function newAccount(): Account {
  return {
    acked: false,
    since: undefined,
    mayBeDecided: false,
    decided: undefined,
    erasedEarly: false,
    heldSince: false,
  };
}

test('a crash at every single effect leaves nothing, or what the sweeper brings to its end', async () => {
  for (let at = 1; ; at += 1) {
    let now = 1_000_000_000_000;
    const world = reportWorld(() => now);
    let effects = 0;
    const counting: Step = async (effect) => {
      effects += 1;
      return effect();
    };
    const dead = dying({ at, after: true }, counting);
    await Promise.race([
      world.report(dead, 'bea', 2).then(async () => world.decide(dead, 2, 'keep')),
      new Promise((resolve) => setImmediate(resolve)),
    ]);
    if (effects < at) return expect(at).toBeGreaterThan(12);
    now += 3 * minute;
    await world.sweep(direct);
    const shown = await world.show(2);
    // Finished by the sweeper, with its media, or decided and gone; or nothing was begun.
    if (shown?.state === 'open') expect([shown.isCopying, world.copies().length]).toEqual([false, 2]);
    else expect([world.isKept(2), world.personalRows()]).toEqual([false, []]);
    now += keepSeconds * 1000 + 10 * minute;
    await world.sweep(direct);
    await world.sweep(direct);
    expect([world.isKept(2), world.personalRows()]).toEqual([false, []]);
    expect(world.rows().every(({ entry }) => entry === 'decision')).toBe(true);
  }
});

test('ten thousand who report the same message are one copy, a hundred names and no write any more', async () => {
  const world = reportWorld(() => 1_000_000_000_000);
  for (let index = 0; index < 110; index += 1) await world.report(direct, `p-${index}`, 2);
  expect(world.rows()).toHaveLength(101);
  expect(world.copies()).toHaveLength(2);
  expect(await world.show(2)).toMatchObject({ count: 100, reasons: { spam: 100 } });
  let effects = 0;
  const counting: Step = async (effect) => {
    effects += 1;
    return effect();
  };
  await world.report(counting, 'one-more', 2);
  // Their own row, the message, the three rows of the report.
  expect(effects).toBe(3);
  expect(world.personalRows().some(({ userId }) => userId === 'one-more')).toBe(false);
});

test('who has as many open reports as one may have waits; a decision makes room', async () => {
  const world = reportWorld(() => 1_000_000_000_000, 1);
  await world.report(direct, 'bea', 1);
  await expect(world.report(direct, 'bea', 2)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  // The same again is no other one.
  await world.report(direct, 'bea', 1, 'abuse');
  expect(await world.show(1)).toMatchObject({ count: 1, reasons: { spam: 1, abuse: 0 } });
  await world.decide(direct, 1, 'keep');
  await world.report(direct, 'bea', 2);
  await expect(world.report(direct, 'ann', 1)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(world.report(direct, 'mal', 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
