import { newMediaRecord } from '../../../../shared/stores/media/media-record.ts';
import { type MediaStore, mediaStore } from '../../../../shared/stores/media/media-store.ts';
import { type EpochMillis, type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { mediaWorld } from '../../../support/media-world.ts';
import { messageWorld } from '../../../support/message-world.ts';
import { direct } from '../../../support/step.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('uploads');
});
afterAll(async () => tables?.close());

const described = {
  conversationId: 'd-1',
  owner: 'alice',
  kind: 'image',
  contentType: 'image/png',
  bytes: 7,
  sha256: 'digest',
  parts: 1,
} as const;
const record = (mediaId: string) => newMediaRecord({ ...described, mediaId }, epochMillis(1_000));
const facts = { contentType: 'image/png', bytes: 7 };
const endOfTime = 4e9 as EpochSeconds;

const subjects: readonly (readonly [string, () => MediaStore])[] = [
  ['the engine', () => mediaStore(tables.db, 'uploads')],
  ['the fake', () => mediaWorld(messageWorld()).deps(direct, () => 0).media],
];

async function dueAt(media: MediaStore, now: EpochSeconds): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { mediaId } of media.due(now)) ids.push(mediaId);
  return ids;
}

describe.each(subjects)('uploads on %s', (_name, subject) => {
  test('an upload belongs to the one send that claims it first, which may claim it again', async () => {
    const media = subject();
    await media.add(record('claimed'));
    expect(await media.claim('claimed', 'one')).toBe(true);
    expect(await media.claim('claimed', 'other')).toBe(false);
    expect(await media.claim('claimed', 'one')).toBe(true);
    expect(await media.get('claimed')).toMatchObject({ owner: 'alice', sendId: 'one' });
    expect(await media.claim('never uploaded', 'one')).toBe(false);
    expect(await media.get('never uploaded')).toBeUndefined();
    await media.remove('claimed');
    expect(await media.get('claimed')).toBeUndefined();
  });

  test('an upload is due until a message keeps it, which it does only once its facts are there', async () => {
    const media = subject();
    const { sweepAt } = record('kept');
    if (sweepAt === undefined) throw new Error('no time to be swept at');
    await media.add(record('kept'));
    expect(await dueAt(media, (sweepAt - 1) as EpochSeconds)).toEqual([]);
    expect(await dueAt(media, sweepAt)).toEqual(['kept']);
    // What is being taken away with its message is looked at again.
    await media.keep('kept', 7, endOfTime);
    expect(await dueAt(media, sweepAt)).toEqual(['kept']);
    expect(await media.recordFacts('kept', facts)).toBe(true);
    await media.keep('kept', 7, endOfTime);
    // Once more, when its message has ended.
    expect(await dueAt(media, (endOfTime - 1) as EpochSeconds)).toEqual([]);
    expect(await dueAt(media, endOfTime)).toEqual(['kept']);
    expect(await media.get('kept')).toMatchObject({ media: facts, seq: 7, expiresAt: endOfTime + 86_400 });
    await media.remove('kept');
  });

  test('of a user those are listed that no message is known to hold, begun by then, page by page', async () => {
    const media = subject();
    const ids = Array.from({ length: 12 }, (_, index) => `listed ${String(index).padStart(2, '0')}`);
    for (const id of ids) await media.add({ ...record(id), owner: 'carol' });
    await media.add({ ...record('of another'), owner: 'dave' });
    await media.add({ ...record('later'), owner: 'carol', createdAt: epochMillis(1_001) });
    await media.recordFacts('listed 03', facts);
    await media.keep('listed 03', 7, endOfTime);
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await media.listUnsent('carol', epochMillis(1_000), after);
      found.push(...page.ids);
      after = page.next;
    } while (after !== undefined);
    expect(found.toSorted()).toEqual(ids.filter((id) => id !== 'listed 03'));
  });

  test('what is cancelled goes into no message, and is swept when its address takes nothing more', async () => {
    const media = subject();
    await media.add(record('cancelled'));
    await media.recordFacts('cancelled', facts);
    expect(await media.cancel('cancelled', 77 as EpochSeconds)).toBe(true);
    expect(await media.get('cancelled')).toMatchObject({ isCancelled: true, sweepAt: 77 });
    expect(await media.get('cancelled')).not.toHaveProperty('media');
    expect(await media.claim('cancelled', 'one')).toBe(false);
    expect(await media.recordFacts('cancelled', facts)).toBe(false);
    await media.remove('cancelled');
    expect(await media.cancel('cancelled', 77 as EpochSeconds)).toBe(false);
    await media.add(record('held by a message'));
    await media.recordFacts('held by a message', facts);
    await media.keep('held by a message', 7, endOfTime);
    expect(await media.cancel('held by a message', 77 as EpochSeconds)).toBe(false);
    expect(await media.get('held by a message')).toMatchObject({ media: facts, seq: 7 });
    await media.remove('held by a message');
  });

  test('with its message the facts go at once, and the record as soon as its address takes nothing more', async () => {
    const media = subject();
    await media.add(record('open'));
    await media.recordFacts('open', facts);
    expect(await media.end('open')).toMatchObject({ mediaId: 'open', isCancelled: true });
    expect(await media.get('open')).not.toHaveProperty('media');
    // A send that still looks at it leaves nothing either.
    expect(await media.recordFacts('open', facts)).toBe(false);
    await media.remove('open');
    await media.add(record('open'));
    await media.recordFacts('open', facts);
    await media.keep('open', 7, endOfTime);
    expect(await media.end('open')).toMatchObject({ seq: 7 });
    await media.keep('open', 8, endOfTime);
    expect(await media.get('open')).toMatchObject({ seq: 7, isCancelled: true });
    await media.remove('open');
    // Nothing makes a record that is gone.
    await media.recordFacts('open', facts);
    await media.keep('open', 7, endOfTime);
    await media.postpone('open', endOfTime);
    expect(await media.end('open')).toBeUndefined();
    expect(await media.get('open')).toBeUndefined();
  });

  test('a forward counts among those that a hold keeps once, whoever says so how often', async () => {
    const media = subject();
    await media.add(record('origin'));
    await media.recordFacts('origin', facts);
    const of = { mediaId: 'origin', sentAt: 1 as EpochMillis, expiresAt: endOfTime };
    const forward = (mediaId: string) => ({ ...record(mediaId), sendId: 's', media: facts, of });
    const held = async () => (await media.get('origin'))?.heldForwards ?? 0;
    expect(await media.addForward(forward('free'))).toBe(true);
    expect(await media.addForward(forward('free'))).toBe(false);
    expect(await held()).toBe(0);
    expect(await media.addForward({ ...forward('held'), isHeld: true })).toBe(true);
    expect(await media.addForward({ ...forward('held'), isHeld: true })).toBe(false);
    expect(await held()).toBe(1);
    for (const mediaId of ['held', 'free', 'free', 'nowhere']) await media.holdForward({ mediaId, of });
    expect(await held()).toBe(2);
    expect(await media.removeForward('held')).toBe(false);
    expect(await media.get('held')).toMatchObject({ isHeld: true });
    // Ended, it takes no new ones; while a hold keeps it, an old one may come under a hold too.
    expect(await media.end('origin')).toMatchObject({ heldForwards: 2, isCancelled: true });
    expect(await media.addForward({ ...forward('late'), isHeld: true })).toBe(false);
    expect(await media.addForward(forward('another'))).toBe(true);
    await media.holdForward({ mediaId: 'another', of });
    expect(await held()).toBe(3);
    for (const mediaId of ['another', 'held', 'held', 'free', 'nowhere'])
      await media.releaseForward({ mediaId, of });
    expect(await held()).toBe(0);
    await media.holdForward({ mediaId: 'another', of });
    expect(await held()).toBe(0);
    expect(await media.get('another')).not.toHaveProperty('isHeld');
    // Nothing makes an origin that is gone.
    await media.remove('origin');
    await media.holdForward({ mediaId: 'free', of });
    await media.releaseForward({ mediaId: 'free', of });
    expect(await media.get('origin')).toBeUndefined();
    for (const mediaId of ['free', 'another']) expect(await media.removeForward(mediaId)).toBe(true);
    await media.remove('held');
  });
});
