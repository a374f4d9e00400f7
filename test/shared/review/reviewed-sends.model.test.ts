import fc from 'fast-check';
import { sendMessage } from '../../../shared/messages/send-message.ts';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import type { Review } from '../../../shared/review/review.ts';
import type { SendRequest } from '../../../shared/stores/messages/message.ts';
import { deathWithin, dying } from '../../support/dying.ts';
import { conversationId, messageWorld } from '../../support/message-world.ts';
import { direct, type Step } from '../../support/step.ts';

const frame = (id: string): SendRequest => ({
  action: 'send',
  id,
  conversationId,
  content: { type: 'text', text: `text of ${id}` },
});

const attempt = fc.record({
  userId: fc.constantFrom('alice', 'bob'),
  id: fc.constantFrom('a', 'b'),
  dies: deathWithin(14),
});
const verdict = fc.constantFrom('allow', 'change', 'refuse', 'fails');

test('whatever the reviewer says when, and whoever dies: what is there was allowed as it is there, once, and no repeat asks again', async () => {
  let placed = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(attempt, { minLength: 1, maxLength: 8 }),
      fc.infiniteStream(verdict),
      async (scheduler, attempts, verdicts) => {
        const world = messageWorld();
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          const result = effect();
          await scheduler.schedule(Promise.resolve());
          return result;
        };
        /** What was let through, by whom and id. */
        const allowed = new Map<string, string[]>();
        let asked = 0;
        const reviewing =
          (step: Step, id: string): Review =>
          async (from, request) => {
            asked += 1;
            const said = verdicts.next().value;
            const number = asked;
            return step(() => {
              if (said === 'refuse') throw new ProtocolError('REVIEW_REFUSED');
              if (said === 'fails') throw new ProtocolError('REVIEW_UNAVAILABLE');
              const content =
                said === 'allow' ? request.content : ({ type: 'text', text: `changed ${number}` } as never);
              const name = `${from} ${id}`;
              allowed.set(name, [...(allowed.get(name) ?? []), JSON.stringify(content)]);
              return said === 'allow' ? request : { ...request, content };
            });
          };
        const send = async (step: Step, userId: string, id: string, clock: number) =>
          sendMessage(
            { ...world.deps(step, () => clock), review: reviewing(step, id) },
            { userId, connectionId: `${userId}-1` },
            frame(id),
          );
        for (const { userId, id, dies } of attempts)
          void send(dying(dies, scheduled), userId, id, 1_000_000).catch((error: unknown) => {
            if (!(error instanceof ProtocolError)) throw error;
          });
        await scheduler.waitIdle();
        const there = [...world.messages.values()];
        const names = there.map(({ from, id }) => `${from} ${id}`);
        expect(new Set(names).size).toBe(names.length);
        for (const { from, id, content } of there)
          expect(allowed.get(`${from} ${id}`)).toContain(JSON.stringify(content));
        // Whoever got no ack tries again: what is there is found and not read again, the rest is.
        for (const name of new Set(attempts.map(({ userId, id }) => `${userId} ${id}`))) {
          const [userId = '', id = ''] = name.split(' ');
          const before = asked;
          const result = await send(direct, userId, id, 1_300_000).catch((error: unknown) => error);
          const isThere = names.includes(name);
          expect(asked - before).toBe(isThere ? 0 : 1);
          if (isThere) expect(result).toMatchObject({ duplicate: true });
          placed += Number(isThere);
          refused += Number(result instanceof ProtocolError);
        }
        const pushed = world.pushed.filter(({ seq }) => !world.messages.has(seq));
        expect(pushed).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
  expect(placed).toBeGreaterThan(200);
  expect(refused).toBeGreaterThan(200);
});
