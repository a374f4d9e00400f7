import { newMediaRecord } from '../../../../shared/stores/media/media-record.ts';
import { type MediaStore, mediaStore } from '../../../../shared/stores/media/media-store.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
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
    await media.recordFacts('kept', facts);
    await media.keep('kept', 7, endOfTime);
    // Once more, when its message has ended.
    expect(await dueAt(media, (endOfTime - 1) as EpochSeconds)).toEqual([]);
    expect(await dueAt(media, endOfTime)).toEqual(['kept']);
    expect(await media.get('kept')).toMatchObject({ media: facts, seq: 7, expiresAt: endOfTime + 86_400 });
    await media.remove('kept');
  });

  test('with its message the facts go at once, and the record as soon as its address takes nothing more', async () => {
    const media = subject();
    await media.add(record('open'));
    await media.recordFacts('open', facts);
    await media.forget('open');
    expect(await media.get('open')).toMatchObject({ mediaId: 'open' });
    expect(await media.get('open')).not.toHaveProperty('media');
    await media.recordFacts('open', facts);
    await media.keep('open', 7, endOfTime);
    await media.forget('open');
    expect(await media.get('open')).toBeUndefined();
    // Nothing makes a record that is gone.
    await media.recordFacts('open', facts);
    await media.keep('open', 7, endOfTime);
    await media.forget('open');
    expect(await media.get('open')).toBeUndefined();
  });
});
