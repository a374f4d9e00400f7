import type { ReadBatch } from '../../../admin/import/read-import.ts';
import { runImport } from '../../../admin/import/run-import.ts';
import { LapseServerError } from '../../../packages/lapse-server/src/index.ts';

const batchOf = (id: string, line: number, isLast: boolean): ReadBatch => ({
  conversation: { id, kind: 'group', members: ['alice', 'bob'] },
  messages: [{ id: `m-${line}`, from: 'alice', sentAt: line, text: 'hello' }],
  ...{ isLast, line, bytes: line * 10 },
});

async function* given(...batches: readonly ReadBatch[]) {
  yield* batches;
}

type Deps = Parameters<typeof runImport>[0];
type Result = Awaited<ReturnType<Deps['send']>>;

function world(answer: (index: number) => Result | Error) {
  const sent: string[] = [];
  const pauses: number[] = [];
  const told: number[] = [];
  let calls = 0;
  const deps: Deps = {
    send: async ({ messages: [message] }) => {
      calls += 1;
      const result = answer(calls);
      if (result instanceof Error) throw result;
      sent.push(message?.id ?? '');
      return result;
    },
    pause: async (millis) => pauses.push(millis),
    progress: ({ lines }) => void told.push(lines),
  };
  return { deps, sent, pauses, told };
}

const one: Result = { imported: 1, repeated: 0, refused: {} };
const ended: Result = { imported: 0, repeated: 1, refused: { ended: 2 } };
const two = () => given(batchOf('a', 1, false), batchOf('a', 2, true), batchOf('b', 3, true));

test('counts everything, and tells how far it is', async () => {
  const { deps, told } = world((index) => (index === 2 ? ended : one));
  expect(await runImport(deps, two())).toEqual({
    ...{ lines: 3, conversations: 2, imported: 2, repeated: 1, refused: { ended: 2 } },
  });
  expect(told).toHaveLength(3);
});

test('the batches of one conversation go one after the other, those of several beside each other', async () => {
  const begun: string[] = [];
  const gates = new Map<string, () => void>();
  const both = Promise.withResolvers<void>();
  const third = Promise.withResolvers<void>();
  const deps: Deps = {
    send: async ({ messages: [message] }) => {
      const id = message?.id ?? '';
      begun.push(id);
      if (begun.length === 2) both.resolve();
      if (begun.length === 3) third.resolve();
      await new Promise<void>((resolve) => gates.set(id, resolve));
      return one;
    },
    pause: async () => undefined,
    progress: () => undefined,
  };
  const running = runImport(deps, two());
  await both.promise;
  expect(begun.toSorted()).toEqual(['m-1', 'm-3']);
  for (const open of gates.values()) open();
  await third.promise;
  gates.get('m-2')?.();
  expect((await running).imported).toBe(3);
});

test('what may pass is tried again after a pause, as long as the answer says', async () => {
  const failures = [
    new LapseServerError('RATE_LIMITED', 'slow down', 70),
    new LapseServerError('CONFLICT', 'x'),
  ];
  const { deps, pauses, sent } = world((index) => failures[index - 1] ?? one);
  await runImport(deps, given(batchOf('a', 1, true)));
  expect([sent, pauses]).toEqual([['m-1'], [70, 800]]);
});

test.each([
  ['what does not pass', 'FORBIDDEN', 1],
  ['what never passes', 'INTERNAL', 6],
])('%s stops it, saying where and what to do; nothing behind it is sent', async (_what, code, tries) => {
  let calls = 0;
  const { deps, sent } = world(() => {
    calls += 1;
    return new LapseServerError(code, 'it is so');
  });
  const running = runImport(deps, given(batchOf('a', 4, false), batchOf('a', 5, true)));
  await expect(running).rejects.toThrow(/^stopped before line 4: .*Run the same command again/);
  expect([calls, sent]).toEqual([tries, []]);
});
