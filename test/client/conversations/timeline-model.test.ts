import fc from 'fast-check';
import { chat, settle } from '../support/chat.ts';
import type { Fault, PushFault } from '../support/fake-lapse-type.ts';
import { textOf } from '../support/text-of.ts';

const fault = fc.constantFrom<Fault>(
  'none',
  'none',
  'none',
  'lose-ack',
  'drop-before',
  'drop-after',
  'gateway-error',
  { code: 'INTERNAL', retryable: true },
  { code: 'RATE_LIMITED', retryable: true },
);
const step = fc.oneof(
  fc.record({ does: fc.constant('alice sends' as const) }),
  fc.record({ does: fc.constant('bob posts' as const) }),
  fc.record({
    does: fc.constant('time passes' as const),
    ms: fc.constantFrom(0, 250, 3_000, 20_000, 31_000),
  }),
  fc.record({ does: fc.constant('line drops' as const) }),
  fc.record({ does: fc.constant('pushes come late' as const) }),
);

test('whatever is dropped, repeated or reordered, the timeline ends as the server has it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.infiniteStream(fault),
      fc.infiniteStream(fc.constantFrom<PushFault>('none', 'none', 'lose', 'twice', 'hold')),
      fc.integer({ min: 1, max: 5 }),
      async (steps, faults, pushFaults, pageSize) => {
        const { client, lapse, conversationId, heard, pass } = chat({}, 604_800);
        lapse.pageSize = pageSize;
        lapse.post('bob', conversationId, 'before');
        lapse.fault = () => faults.next().value;
        lapse.pushFault = () => pushFaults.next().value;
        client.connect();
        await settle();
        const sent: Promise<unknown>[] = [];
        let count = 0;
        for (const one of steps) {
          count += 1;
          if (one.does === 'alice sends') sent.push(client.send(conversationId, `a${count}`));
          else if (one.does === 'bob posts') lapse.post('bob', conversationId, `b${count}`, `b${count}`);
          else if (one.does === 'time passes') await pass(one.ms);
          else if (one.does === 'line drops') lapse.dropAll();
          else lapse.release();
          await settle();
          // What is shown is always in order, without a gap and without a double.
          const shown = client.messages(conversationId).map(({ seq }) => seq);
          expect(shown).toEqual(shown.map((_, index) => (shown[0] ?? 0) + index));
        }
        lapse.fault = () => 'none';
        lapse.pushFault = () => 'none';
        for (let round = 0; round < 30; round += 1) await pass(20_000);
        // If the last of all pushes was lost, nothing tells of it but the next hello: somebody looks at the app again.
        client.wake();
        await settle();
        await Promise.all(sent);
        expect(client.state().name).toBe('online');
        expect(client.unsent()).toEqual([]);
        while (await client.loadOlder(conversationId));
        expect(client.messages(conversationId)).toEqual(lapse.list(conversationId));
        expect(new Set(heard).size).toBe(heard.length);
        const texts = lapse.list(conversationId).map(textOf);
        const own = texts.filter((text) => text.startsWith('a'));
        expect(own).toEqual([...own].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
        expect(own).toHaveLength(sent.length);
        client.close();
      },
    ),
    { numRuns: 200 },
  );
});
