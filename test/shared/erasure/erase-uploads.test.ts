import { eraseUploads } from '../../../shared/erasure/erase-uploads.ts';
import type { ErasureMeaning } from '../../../shared/erasure/eraser.ts';
import { incomingKeys } from '../../../shared/stores/media/media-objects.ts';
import { epochMillis } from '../../../shared/time.ts';
import { accountErasure } from '../../support/account-erasure.ts';
import { dying } from '../../support/dying.ts';
import { askingFor } from '../../support/hold-world.ts';
import { mediaActs } from '../../support/media-acts.ts';
import { mediaWorld } from '../../support/media-world.ts';
import { messageWorld } from '../../support/message-world.ts';
import { direct, type Step } from '../../support/step.ts';

const start = 1_000_000_000_000;

/** Alice has uploaded what she may send, all of it put. */
async function uploadWorld(uploads: number) {
  const chat = messageWorld();
  const world = mediaWorld(chat);
  const clock = { now: start };
  const acts = mediaActs(chat, world, () => clock.now);
  const ids: string[] = [];
  for (let each = 0; each < uploads; each += 1) ids.push((await acts.upload(direct)).mediaId);
  world.putAll(clock.now);
  const asked: ErasureMeaning = { ...accountErasure, writtenBy: epochMillis(start) };

  async function erase(meaning: ErasureMeaning = asked, step: Step = direct) {
    const run = eraseUploads(world.deps(step, () => clock.now));
    const sum = { deleted: 0, found: 0, held: 0 };
    for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
      const batch = await run(meaning, askingFor(), after);
      for (const key of ['deleted', 'found', 'held'] as const) sum[key] += batch[key];
      after = batch.after;
    }
    return sum;
  }

  /** Keys under which there are bytes. */
  const bytes = () => [...world.objects].filter(([, content]) => content.length > 0).map(([key]) => key);
  return { chat, world, clock, acts, ids, asked, erase, bytes };
}

test('what was never sent goes, its address stays used, and the sweeper takes the record', async () => {
  const { world, clock, acts, ids, erase, bytes } = await uploadWorld(3);
  expect(bytes()).toHaveLength(3);
  expect(await erase()).toEqual({ deleted: 3, found: 0, held: 0 });
  expect(bytes()).toEqual([]);
  world.putAll(clock.now);
  expect(bytes()).toEqual([]);
  expect(await acts.send(direct, 'alice', 'a', ids[0] ?? '')).toBe('MEDIA_MISMATCH');
  // Once more, it counts no more.
  expect(await erase()).toEqual({ deleted: 0, found: 0, held: 0 });
  clock.now += 20 * 60_000;
  await acts.sweep(direct);
  world.putAll(clock.now);
  expect([world.records.size, world.objects.size]).toEqual([0, 0]);
});

test('what a message holds is left to the message, another’s and what came later to them', async () => {
  const { world, clock, acts, ids, erase, asked, bytes } = await uploadWorld(2);
  expect(await acts.send(direct, 'alice', 'a', ids[0] ?? '')).toBe('sent');
  const kept = bytes().filter((key) => key.includes(ids[0] ?? '-'));
  clock.now += 1;
  const { mediaId } = await acts.upload(direct);
  world.putAll(clock.now);
  expect(await erase()).toEqual({ deleted: 1, found: 0, held: 0 });
  const later = incomingKeys({ mediaId, parts: 1 });
  expect(bytes().toSorted()).toEqual([...kept, ...later].toSorted());
  expect(await erase({ ...asked, userId: 'bob' })).toEqual({ deleted: 0, found: 0, held: 0 });
  expect(bytes().toSorted()).toEqual([...kept, ...later].toSorted());
});

test('of a send under way it waits for the end, at whichever effect that has come to, and nothing is left', async () => {
  let pending = 0;
  let crashes = 0;
  for (let at = 1; ; at += 1) {
    const { chat, clock, acts, ids, erase, asked, bytes, world } = await uploadWorld(1);
    let effects = 0;
    const counting: Step = async (effect) => {
      effects += 1;
      return effect();
    };
    const send = acts.send(dying({ at, after: true }, counting), 'alice', 'a', ids[0] ?? '');
    await Promise.race([send, new Promise((resolve) => setImmediate(resolve))]);
    if (effects < at) break;
    crashes += 1;
    const first = await erase();
    pending += first.found;
    clock.now += 61_000;
    if (chat.messages.size > 0) {
      // Its message is there: that leads to the media.
      expect(first).toEqual({ deleted: 0, found: 0, held: 0 });
      continue;
    }
    expect((await erase()).found).toBe(0);
    expect({ at, bytes: bytes() }).toEqual({ at, bytes: [] });
    // A send that was only slow has put something meanwhile.
    world.objects.set(`media/${ids[0]}/original`, Buffer.from('x'));
    expect(await erase({ ...asked, isLate: true })).toMatchObject({ found: 0 });
    expect({ at, bytes: bytes() }).toEqual({ at, bytes: [] });
  }
  expect(crashes).toBeGreaterThan(8);
  expect(pending).toBeGreaterThan(3);
});

test('a look at the media that ends after the erasure leaves nothing', async () => {
  const { clock, acts, ids, erase, bytes } = await uploadWorld(1);
  const held = Promise.withResolvers<void>();
  let effects = 0;
  // One object is there, another is about to be put.
  const slow: Step = async (effect) => {
    effects += 1;
    if (effects === 5) await held.promise;
    return effect();
  };
  const sent = acts.send(slow, 'alice', 'a', ids[0] ?? '');
  await new Promise((resolve) => setImmediate(resolve));
  expect(bytes().some((key) => key.endsWith('original'))).toBe(true);
  clock.now += 61_000;
  expect(await erase()).toEqual({ deleted: 1, found: 0, held: 0 });
  held.resolve();
  expect(await sent).toBe('MEDIA_MISMATCH');
  expect(bytes()).toEqual([]);
});
