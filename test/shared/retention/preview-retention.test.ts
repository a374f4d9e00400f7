import fc from 'fast-check';
import { previewRetention } from '../../../shared/retention/preview-retention.ts';
import { isReadable } from '../../../shared/stores/expiry/expiry.ts';
import { unchangedRetention } from '../../../shared/stores/expiry/retention.ts';
import type { MessageHeader } from '../../../shared/stores/messages/message-header.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { askingFor } from '../../support/hold-world.ts';
import { steadyRetention } from '../../support/steady-retention.ts';

const now = 1_800_000_000_000;
const headers = fc
  .array(fc.record({ age: fc.nat(2_000_000), stamped: fc.integer({ min: 1, max: 3_000 }) }), {
    maxLength: 12,
  })
  .map((all) =>
    all
      .toSorted((one, other) => other.age - one.age)
      .map(
        ({ age, stamped }, index): MessageHeader => ({
          conversationId: 'd-1',
          seq: index + 1,
          from: 'alice',
          id: `m${index}`,
          held: false,
          sentAt: epochMillis(now - age),
          expiresAt: Math.floor((now - age) / 1000 + stamped) as EpochSeconds,
        }),
      ),
  );

test('says exactly what is readable under the present retention and would not be under the proposed one', async () => {
  await fc.assert(
    fc.asyncProperty(
      headers,
      fc.integer({ min: 1, max: 2_000 }),
      fc.integer({ min: 1, max: 2_000 }),
      fc.boolean(),
      async (all, present, proposed, held) => {
        const deps = {
          retentionSeconds: present,
          retention: steadyRetention(present, () => now),
          now: () => epochMillis(now),
          isOver: () => false,
          holds: { among: askingFor(held ? { users: new Set(['alice']) } : {}) },
          conversations: {
            listDue: async function* () {
              if (all.length > 0) yield 'd-1';
            },
          },
          messages: {
            headers: async (_id: string, { after = 0 }) => ({
              headers: all.filter(({ seq }) => seq > after).slice(0, 2),
              more: all.length > after + 2,
            }),
          },
        };
        const lost = all.filter(
          (header) =>
            !held &&
            isReadable(header, { ...unchangedRetention(present), now: epochMillis(now) }) &&
            !isReadable(header, { ...unchangedRetention(proposed), now: epochMillis(now) }),
        );
        const preview = await previewRetention(deps, proposed);
        const oldest = lost[0] === undefined ? null : new Date(lost[0].sentAt).toISOString();
        expect(preview).toMatchObject({ messages: lost.length, oldestSentAt: oldest, complete: true });
        expect(preview.conversations).toHaveLength(lost.length > 0 ? 1 : 0);
      },
    ),
    { numRuns: 500 },
  );
});

test('what could not be counted in time is said to be missing', async () => {
  const deps = {
    retentionSeconds: 100,
    retention: steadyRetention(100, () => now),
    now: () => epochMillis(now),
    isOver: () => true,
    holds: { among: askingFor() },
    conversations: {
      listDue: async function* () {
        yield 'd-1';
      },
    },
    messages: { headers: async () => ({ headers: [], more: false }) },
  };
  expect(await previewRetention(deps, 10)).toMatchObject({ messages: 0, complete: false });
});
