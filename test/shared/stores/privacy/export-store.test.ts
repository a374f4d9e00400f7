import type { ExportRequest } from '../../../../shared/stores/privacy/export-request.ts';
import { type ExportStore, exportStore } from '../../../../shared/stores/privacy/export-store.ts';
import { epochMillis } from '../../../../shared/time.ts';
import { collect } from '../../../support/collect.ts';
import { exportWorld } from '../../../support/export-world.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('privacy');
});
afterAll(async () => tables?.close());

const request = (requestId: string): ExportRequest => ({
  userId: 'alice',
  requestId,
  requestedBy: new Set(['user']),
  requestedAt: epochMillis(1),
  updatedAt: epochMillis(1),
  state: 'accepted',
  parts: 0,
});

const upload = (uploadId: string) => ({ uploadId, key: `one/${uploadId}.zip` });

const subjects: readonly (readonly [string, () => ExportStore])[] = [
  ['the engine', () => exportStore(tables.db, 'privacy')],
  ['the fake', () => exportWorld().exports],
];

describe.each(subjects)('exports on %s', (_name, subject) => {
  test('of two who take an export one writes it, and only for as long as nobody takes it from there', async () => {
    const exports = subject();
    const first = request('one');
    expect([await exports.create(first), await exports.create(request('two'))]).toEqual([true, false]);
    expect(await exports.read('alice')).toEqual(first);
    expect(await exports.read('bob')).toBeUndefined();
    expect(await exports.addRequester(first, 'operator')).toBe(true);
    expect([await exports.take(first, upload('a')), await exports.take(first, upload('b'))]).toEqual([
      true,
      false,
    ]);
    const taken = (await exports.read('alice')) ?? first;
    expect(taken).toMatchObject({
      requestedBy: new Set(['operator', 'user']),
      uploadId: 'a',
      uploadKey: 'one/a.zip',
    });
    expect(await exports.take(taken, upload('c'))).toBe(true);
    const place = { store: 'messages', after: 'd-1 7' } as const;
    const progress = { parts: 1, zipKeys: ['one/c.zip'], updatedAt: epochMillis(2), place };
    expect(await exports.advance(taken, 'a', progress)).toBe(false);
    expect(await exports.advance(taken, 'c', progress)).toBe(true);
    const advanced = (await exports.read('alice')) ?? first;
    expect(advanced).toMatchObject({ state: 'accepted', parts: 1, place, zipKeys: ['one/c.zip'] });
    for (const name of ['uploadId', 'uploadKey']) expect(advanced).not.toHaveProperty(name);
    // Read before the first zip was finished.
    expect(await exports.take(first, upload('d'))).toBe(false);
    expect(await exports.remove((await exports.read('alice')) ?? first)).toBeUndefined();
  });

  test('what is ready says until when, is touched by one of two, and is removed by its own id alone', async () => {
    const exports = subject();
    await exports.create(request('one'));
    const [open] = await collect(exports.each());
    if (open === undefined) throw new Error('no export is open');
    expect([await exports.touch(open, epochMillis(3)), await exports.touch(open, epochMillis(4))]).toEqual([
      true,
      false,
    ]);
    expect(await exports.take(open, upload('e'))).toBe(true);
    const readableUntil = epochMillis(9);
    expect(await exports.advance(open, 'e', { parts: 2, updatedAt: epochMillis(5), readableUntil })).toBe(
      true,
    );
    expect(await exports.read('alice')).toMatchObject({ state: 'ready', parts: 2, readableUntil });
    expect(await exports.remove(request('another'))).toBeUndefined();
    expect(await collect(exports.each())).toHaveLength(1);
    // Somebody has got on with it since that was read.
    expect(await exports.remove(open)).toMatchObject({ requestId: 'one', parts: 2, state: 'ready' });
    expect(await exports.remove((await exports.read('alice')) ?? open)).toBeUndefined();
    expect(await collect(exports.each())).toEqual([]);
    expect(await exports.addRequester(open, 'operator')).toBe(false);
  });
});

describe.each(subjects)('an export that begins anew on %s', (_name, subject) => {
  test('is as it was asked for, once, and whoever was writing it cannot save', async () => {
    const exports = subject();
    const asked = request('one');
    await exports.create(asked);
    expect(await exports.take(asked, upload('a'))).toBe(true);
    const place = { store: 'messages', after: 'd-1 7' } as const;
    const first = { parts: 1, zipKeys: ['one/a.zip'], partEnds: [null], updatedAt: epochMillis(2), place };
    expect(await exports.advance(asked, 'a', first)).toBe(true);
    const between = (await exports.read('alice')) ?? asked;
    expect(await exports.take(between, upload('b'))).toBe(true);
    // Somebody has taken it meanwhile.
    expect(await exports.restart(between, epochMillis(3))).toBe(false);
    const taken = (await exports.read('alice')) ?? asked;
    expect(await exports.restart(taken, epochMillis(3))).toBe(true);
    expect(await exports.read('alice')).toEqual({ ...asked, updatedAt: 3 });
    expect(await exports.restart(taken, epochMillis(4))).toBe(false);
    expect(await exports.advance(taken, 'b', { ...first, parts: 2 })).toBe(false);
    expect(await exports.take(asked, upload('c'))).toBe(true);
    const readableUntil = epochMillis(9);
    expect(await exports.advance(asked, 'c', { parts: 1, updatedAt: epochMillis(5), readableUntil })).toBe(
      true,
    );
    const ready = (await exports.read('alice')) ?? asked;
    expect(await exports.restart(ready, epochMillis(6))).toBe(false);
    expect(await exports.remove(ready)).toBeUndefined();
    expect(await exports.remove(ready)).toBeUndefined();
  });
});

test('who requested it is stored under the name that it has always had, and the record ends by itself', async () => {
  await exportStore(tables.db, 'privacy').create(request('one'));
  expect(await tables.itemOf('privacy', { record: 'exports', at: 'alice' })).toMatchObject({
    askedBy: new Set(['user']),
    expiresAt: 4 * 86_400,
  });
});
