import fc from 'fast-check';
import { admitMedia } from '../../../shared/media/admit-media.ts';
import { attachMedia } from '../../../shared/media/attach-media.ts';
import { beginUpload } from '../../../shared/media/begin-upload.ts';
import { removeMedia } from '../../../shared/media/remove-media.ts';
import { sweepUploads } from '../../../shared/media/sweep-uploads.ts';
import type { Message } from '../../../shared/messages/message.ts';
import { sendMessage } from '../../../shared/messages/send-message.ts';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import { purgeConversation } from '../../../shared/retention/purge-conversation.ts';
import type { Stamp } from '../../../shared/retention/purge-times.ts';
import { mediaWorld } from '../../support/media-world.ts';
import { conversationId, messageWorld } from '../../support/message-world.ts';
import type { Step } from '../../support/step.ts';

const start = 1_000_000_000_000;
const minute = 60_000;
const hour = 60 * minute;
const retentionSeconds = 3 * 3_600;
const picture = {
  action: 'upload',
  id: 'u',
  conversationId,
  kind: 'file',
  contentType: 'image/png',
  bytes: 7,
  // Of the seven bytes that `mediaWorld` has a client put.
  sha256: 'LOonTQvtw57Eq2up5Z7IiePtb7VqHPCIpk2bODN43Jc=',
} as const;

/** Dies before the given call: never resolves again, as a killed invocation does. */
function dying(at: number | undefined, step: Step): Step {
  let calls = 0;
  return async (effect) => {
    calls += 1;
    return at === undefined || calls < at ? step(effect) : new Promise(() => {});
  };
}

const dies = fc.option(fc.integer({ min: 1, max: 22 }), { nil: undefined });
const move = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('upload' as const), dies }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('put' as const), dies }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      which: fc.nat({ max: 2 }),
      id: fc.constantFrom('a', 'b'),
      userId: fc.constantFrom('alice', 'alice', 'bob'),
      dies,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('sweep' as const), dies }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('purge' as const), dies }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('erase' as const), which: fc.nat({ max: 2 }), dies }),
  },
);
const chapter = fc.record({
  moves: fc.array(move, { minLength: 1, maxLength: 5 }),
  pause: fc.constantFrom(0, minute, 10 * minute, 40 * minute, 50 * minute, 4 * hour),
});

const mediaOf = ({ content }: Message) => (content.type === 'text' ? undefined : content.mediaId);

test('whatever dies when, no object outlives its message, and no message loses its object', async () => {
  let withMedia = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(chapter, { minLength: 1, maxLength: 6 }),
      async (scheduler, chapters) => {
        const chat = messageWorld();
        const world = mediaWorld(chat);
        let now = start;
        const clock = () => now;
        const faults: string[] = [];
        const holders = new Map<string, string>();
        /** What an erasure has begun to take away. */
        const erased = new Set<string>();
        const watch = () => {
          for (const message of chat.messages.values()) {
            const mediaId = mediaOf(message);
            if (mediaId === undefined) continue;
            const name = `${message.from} ${message.id}`;
            if ((holders.get(mediaId) ?? name) !== name) faults.push(`${mediaId} is in two messages`);
            holders.set(mediaId, name);
            const readable = now < message.expiresAt * 1000 && !erased.has(mediaId);
            if (readable && !world.objects.has(`media/${conversationId}/${mediaId}/original`))
              faults.push(`${mediaId} has lost its object`);
          }
        };
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          const result = effect();
          watch();
          return result;
        };
        const direct: Step = async (effect) => effect();

        function purgeDeps(step: Step) {
          const base = chat.purgeDeps(step, clock, retentionSeconds);
          const remove = removeMedia(world.deps(step, clock));
          const stamps = async (id: string, after: number) => {
            const page = await base.messages.stamps(id, after);
            return {
              ...page,
              stamps: page.stamps.map((stamp) => stampOf(chat.messages.get(stamp.seq), stamp)),
            };
          };
          const erase = async (gone: readonly Stamp[]) => {
            for (const { mediaId } of gone)
              if (mediaId !== undefined) await remove({ conversationId, mediaId });
            await base.messages.delete(gone);
          };
          return { ...base, messages: { stamps, delete: erase } };
        }

        async function send(userId: string, id: string, mediaId: string, step: Step): Promise<void> {
          const deps = { ...chat.deps(step, clock), retentionSeconds };
          const processor = {
            admit: async (request: Parameters<typeof admitMedia>[1]) => ({
              ok: true as const,
              media: await admitMedia(world.deps(step, clock), request),
            }),
          };
          const content = { type: 'file', mediaId } as const;
          try {
            const frame = await attachMedia(processor, userId, {
              action: 'send',
              id,
              conversationId,
              content,
            });
            await sendMessage(deps, { userId, connectionId: `${userId}-1` }, frame);
          } catch (error) {
            if (!(error instanceof ProtocolError)) throw error;
          }
        }

        function begin(each: (typeof chapters)[number]['moves'][number]): void {
          const step = dying(each.dies, scheduled);
          if (each.kind === 'upload') void beginUpload(world.deps(step, clock), 'alice', picture);
          else if (each.kind === 'put') world.putAll(now);
          else if (each.kind === 'sweep') void sweepUploads(world.deps(step, clock));
          else if (each.kind === 'purge') void purgeConversation(purgeDeps(step), conversationId);
          else if (each.kind === 'send') {
            const mediaId = [...world.records.keys()][each.which];
            if (mediaId !== undefined) void send(each.userId, each.id, mediaId, step);
          } else {
            const message = [...chat.messages.values()][each.which];
            const mediaId = message && mediaOf(message);
            if (message === undefined || mediaId === undefined) return;
            erased.add(mediaId);
            void purgeDeps(step).messages.delete([stampOf(message, message)]);
          }
        }

        for (const _ of ['first', 'second']) await beginUpload(world.deps(direct, clock), 'alice', picture);
        world.putAll(now);
        for (const { moves, pause } of chapters) {
          for (const each of moves) begin(each);
          await scheduler.waitIdle();
          now += pause;
          watch();
        }
        expect(faults).toEqual([]);

        if (holders.size > 0) withMedia += 1;

        // An hour after the last upload what nobody holds is gone, and what somebody uploads again has no place.
        now += hour;
        world.putAll(now);
        await sweepUploads(world.deps(direct, clock));
        const kept = new Set([...chat.messages.values()].map(mediaOf));
        const places = [...world.objects.keys()].map((key) => key.split('/'));
        expect(places.filter(([place]) => place === 'incoming')).toEqual([]);
        expect(places.filter(([, , mediaId]) => !kept.has(mediaId))).toEqual([]);
        expect(faults).toEqual([]);

        // And after the last message nothing is left.
        now += 4 * hour;
        for (let run = 0; run < 4; run += 1) {
          await purgeConversation(purgeDeps(direct), conversationId);
          now += 31_000;
        }
        await sweepUploads(world.deps(direct, clock));
        expect(chat.messages.size).toBe(0);
        expect([...world.objects.keys()]).toEqual([]);
        expect(
          [...world.records.keys()].filter((mediaId) => holders.has(mediaId) && !erased.has(mediaId)),
        ).toEqual([]);
      },
    ),
    { numRuns: 1_000 },
  );
  expect(withMedia).toBeGreaterThan(300);
}, 120_000);

function stampOf(message: Message | undefined, { conversationId: id, seq, sentAt, expiresAt }: Stamp): Stamp {
  const mediaId = message && mediaOf(message);
  const sender = message && { from: message.from, id: message.id };
  return { conversationId: id, seq, sentAt, expiresAt, ...sender, ...(mediaId !== undefined && { mediaId }) };
}
