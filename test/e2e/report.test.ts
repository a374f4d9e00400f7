import { type Frame, join, type Person, text, wholeHistory } from '../support/chat-person.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { type MediaChat, startMediaChat } from '../support/media-chat.ts';
import { anyFile, sendFile } from '../support/media-exchange.ts';
import { holdGrounds, operatorHolds } from '../support/operator-holds.ts';
import { ownExport, textOf } from '../support/own-export.ts';

let chat: MediaChat;
beforeAll(async () => {
  chat = await startMediaChat();
});
afterAll(async () => chat?.close());

async function admin(command: string, input: object): Promise<Frame> {
  const result: any = await chat.system.invoke(`admin-report-${command}`, { operator: 'olga', input });
  if (!result.ok) throw new Error(`admin-report-${command} failed: ${JSON.stringify(result)}`);
  return result.payload;
}
const sweep = async () => {
  const result = await chat.system.schedules.fire('sweep-reports');
  if (!result.ok) throw new Error('sweep-reports failed');
};
const report = async (person: Person, conversationId: string, seq: number, reason = 'abuse') =>
  person.call('report', { conversationId, seq, reason });
const idOf = (conversationId: string, seq: number) => `${conversationId}.${seq}`;
const kept = async (words: string) =>
  (await everythingKept(chat.system)).filter((each) => each.text.includes(words)).map(({ where }) => where);

/** Alice writes it in a group with bob and carol. */
async function group(name: string): Promise<{ readonly id: string; readonly people: readonly Person[] }> {
  const people = await Promise.all(
    ['ann', 'bea', 'cid'].map(async (each) => join(chat.system, `${each}-${name}`)),
  );
  const [ann, ...others] = people;
  const members = others.map(({ userId }) => userId);
  const { conversationId } = await ann!.call('open', { kind: 'group', members });
  return { id: conversationId, people };
}

test('a reported message outlives the erasure of its author’s account, and goes with the decision', async () => {
  const { id, people } = await group('one');
  const [ann, bea, cid] = people as [Person, Person, Person];
  const file = anyFile(5_000);
  const { seq, error } = await sendFile(ann, id, file, { caption: 'worth-a-report', name: 'a.bin' });
  expect(error).toBeUndefined();
  await ann.call('send', { conversationId: id, content: text('not-worth-it') });

  expect(await report(bea, id, seq)).toEqual({ type: 'ack', id: expect.any(String) });
  // Again, with another reason: nothing changes.
  expect(await report(bea, id, seq, 'spam')).toMatchObject({ type: 'ack' });
  expect(await report(cid, id, seq, 'illegal')).toMatchObject({ type: 'ack' });
  expect((await report(ann, id, seq)).error?.code).toBe('FORBIDDEN');
  expect(ann.pushes.filter(({ type }) => type !== 'message')).toEqual([]);

  await ann.call('erase', { scope: 'account' });
  await ann.until((pushes) => pushes.some(({ type }) => type === 'erasure'));
  const receipt = ann.pushes.find(({ type }) => type === 'erasure')!;
  const lines = receipt.stores.filter(({ store }: Frame) => store.startsWith('report'));
  expect(lines).toEqual([
    { store: 'reports', outcome: 'kept', deleted: 0, found: 0, held: 0, until: expect.any(String) },
    { store: 'reportObjects', outcome: 'kept', deleted: 0, found: 0, held: 0, until: expect.any(String) },
  ]);
  expect(await wholeHistory(bea, id)).toEqual([]);
  expect(await kept('not-worth-it')).toEqual([]);

  const listed = (await admin('list', { state: 'open' })).result.reports;
  expect(listed).toEqual([
    expect.objectContaining({
      reportId: idOf(id, seq),
      reporters: 2,
      reasons: { spam: 0, abuse: 1, illegal: 1, other: 0 },
    }),
  ]);
  expect(JSON.stringify(listed)).not.toContain('ann-one');
  const { result } = await admin('show', { reportId: idOf(id, seq) });
  expect(result).toMatchObject({ state: 'open', from: 'ann-one', count: 2, isCopying: false });
  expect(result.message.content).toMatchObject({ type: 'file', caption: 'worth-a-report', name: 'a.bin' });
  expect(result.reporters.map(({ userId, reason }: Frame) => [userId, reason])).toEqual([
    ['bea-one', 'abuse'],
    ['cid-one', 'illegal'],
  ]);
  const copy = await fetch(result.media[0].url);
  expect(new Uint8Array(await copy.arrayBuffer())).toEqual(file.bytes);

  const decided = await admin('decide', { reportId: idOf(id, seq), decision: 'remove' });
  expect(decided.result).toMatchObject({ decision: 'remove', isRepeat: false, reporters: 2 });
  expect((await fetch(result.media[0].url)).status).toBe(404);
  expect(await kept('worth-a-report')).toEqual([]);
  expect(await chat.objects.keys(result.media[0].url.split('/').at(-2))).toEqual([]);
  const again = await admin('decide', { reportId: idOf(id, seq), decision: 'keep' });
  expect(again.result).toMatchObject({ decision: 'remove', isRepeat: true });
  expect((await admin('list', { state: 'open' })).result.reports).toEqual([]);
  const record = (await admin('show', { reportId: idOf(id, seq) })).result;
  expect(record).toMatchObject({ state: 'decided', decision: 'remove' });
  // What is known of it names nobody.
  for (const name of ['ann-one', 'bea-one', 'cid-one']) expect(JSON.stringify(record)).not.toContain(name);
  expect((await chat.tables.all('REPORT_TABLE')).map(({ entry }) => entry)).toEqual(['decision']);
});

test('to remove takes the message and its media away from everybody, who are told; the others stay', async () => {
  const { id, people } = await group('two');
  const [ann, bea, cid] = people as [Person, Person, Person];
  const { seq } = await sendFile(ann, id, anyFile(), { caption: 'first' });
  const { seq: other } = await sendFile(ann, id, anyFile(), { caption: 'second' });
  for (const each of [seq, other]) await report(bea, id, each);
  await admin('decide', { reportId: idOf(id, other), decision: 'keep' });
  await admin('decide', { reportId: idOf(id, seq), decision: 'remove' });
  await cid.until((pushes) => pushes.some(({ type }) => type === 'erased'));
  expect(cid.pushes.find(({ type }) => type === 'erased')).toMatchObject({ conversationId: id, seqs: [seq] });
  await ann.until((pushes) => pushes.some(({ type }) => type === 'erasure'));
  expect(ann.pushes.find(({ type }) => type === 'erasure')).toMatchObject({ requestedBy: 'operator', seq });
  expect((await wholeHistory(bea, id)).map(({ content }: Frame) => content.caption)).toEqual(['second']);
  expect(await kept('first')).toEqual([]);
  // Messages do not change: what is decided stays decided.
  expect(await report(cid, id, other)).toMatchObject({ type: 'ack' });
  expect((await admin('list', { state: 'open' })).result.reports).toEqual([]);
  const decided = (await admin('list', { state: 'decided' })).result.reports;
  expect(decided.slice(0, 2).map(({ decision }: Frame) => decision)).toEqual(['remove', 'keep']);
});

test('an export has what one has reported, and not that one was reported', async () => {
  const { id, people } = await group('three');
  const [ann, bea] = people as [Person, Person, Person];
  const { seq } = await ann.call('send', { conversationId: id, content: text('told-of') });
  await report(bea, id, seq, 'other');
  const theirs = textOf((await ownExport(bea))['personal.jsonl']);
  expect(theirs.split('\n').filter((line) => line.includes('report#'))).toEqual([
    expect.stringContaining('"reason":"other"'),
  ]);
  const files = await ownExport(ann);
  const all = Object.values(files)
    .map((bytes) => textOf(bytes))
    // What the zip says of itself names every store.
    .filter((each) => !each.includes('notExported'));
  expect(all.join('\n')).toContain('told-of');
  for (const each of all) expect(each).not.toMatch(/report(?:s|ed)?[#"]|bea-three.*other/);
});

test('whoever has reported something and erases their account is named no more; the report stays', async () => {
  const { id, people } = await group('four');
  const [ann, bea, cid] = people as [Person, Person, Person];
  const { seq } = await ann.call('send', { conversationId: id, content: text('of-four') });
  for (const each of [bea, cid]) await report(each, id, seq, 'spam');
  await bea.call('erase', { scope: 'account' });
  await bea.until((pushes) => pushes.some(({ type }) => type === 'erasure'));
  const { stores } = bea.pushes.find(({ type }) => type === 'erasure')!;
  expect(stores.find(({ store }: Frame) => store === 'reports')).toMatchObject({ deleted: 1, found: 0 });
  const { result } = await admin('show', { reportId: idOf(id, seq) });
  expect(result).toMatchObject({ count: 2, message: { content: text('of-four') } });
  expect(result.reporters.map(({ userId }: Frame) => userId)).toEqual(['cid-four']);
  expect((await kept('bea-four')).filter((where) => /report|personal/i.test(where))).toEqual([]);
});

test('after its end nobody reads it, and the sweeper deletes it; one that is not over stays', async () => {
  const { id, people } = await group('five');
  const [ann, bea] = people as [Person, Person, Person];
  const { seq } = await sendFile(ann, id, anyFile(), { caption: 'over' });
  const { seq: later } = await ann.call('send', { conversationId: id, content: text('not-over') });
  for (const each of [seq, later]) await report(bea, id, each);
  const key = { reportId: idOf(id, seq), entry: 'report' };
  const end = Math.floor(Date.now() / 1000) - 1;
  const openedAt = (end - 30 * 86_400) * 1000;
  const { copyId } = (await chat.tables.get('REPORT_TABLE', key))!;
  await chat.tables.change('REPORT_TABLE', key, { openedAt, at: openedAt, endsAt: end });
  expect((await admin('show', { reportId: key.reportId })).error?.code).toBe('UNKNOWN_REPORT');
  expect((await admin('decide', { reportId: key.reportId, decision: 'remove' })).error?.code).toBe(
    'UNKNOWN_REPORT',
  );
  expect(await chat.objects.keys(copyId)).toHaveLength(1);
  await sweep();
  expect(await chat.objects.keys(copyId)).toEqual([]);
  expect(await chat.tables.get('REPORT_TABLE', key)).toBeUndefined();
  expect((await admin('show', { reportId: idOf(id, later) })).result).toMatchObject({ state: 'open' });
  // The message itself is on its own clock.
  expect(await wholeHistory(bea, id)).toHaveLength(2);
  expect(await report(bea, id, seq)).toMatchObject({ type: 'ack' });
  expect((await admin('show', { reportId: key.reportId })).result).toMatchObject({ state: 'open' });
});

test('a legal hold keeps what is decided, and nobody reads it; the release lets it go', async () => {
  const { id, people } = await group('six');
  const [ann, bea] = people as [Person, Person, Person];
  const { seq } = await sendFile(ann, id, anyFile(), { caption: 'held-in-six' });
  await report(bea, id, seq);
  const { copyId } = (await chat.tables.get('REPORT_TABLE', { reportId: idOf(id, seq), entry: 'report' }))!;
  const holds = operatorHolds(chat.system, chat.tables);
  const target = { kind: 'conversation', conversationId: id } as const;
  await holds.hold({ ...target, ...holdGrounds } as never);
  await admin('decide', { reportId: idOf(id, seq), decision: 'keep' });
  await sweep();
  const heldRow = async () =>
    (await chat.tables.all('REPORT_TABLE')).find(({ entry }) => entry === `held#${copyId}`);
  expect(await heldRow()).toMatchObject({ state: 'held' });
  expect((await heldRow())?.['expiresAt']).toBeUndefined();
  expect(await chat.objects.tags(copyId)).toEqual({ [`${copyId}/original`]: [] });
  expect((await admin('show', { reportId: idOf(id, seq) })).result).toMatchObject({ state: 'decided' });
  await holds.release(target);
  await chat.tables.change(
    'REPORT_TABLE',
    { reportId: idOf(id, seq), entry: `held#${copyId}` },
    { at: Date.now() - 300_000 },
  );
  await sweep();
  expect(await heldRow()).toBeUndefined();
  expect(await chat.objects.keys(copyId)).toEqual([]);
});

test('what one cannot read is not found, and there are as many open reports as one may have', async () => {
  const { id, people } = await group('seven');
  const [ann, bea] = people as [Person, Person, Person];
  const { seq } = await ann.call('send', { conversationId: id, content: text('hello') });
  const mallory = await join(chat.system, 'mal-seven');
  expect((await report(mallory, id, seq)).error?.code).toBe('NOT_FOUND');
  expect((await report(bea, id, seq + 7)).error?.code).toBe('NOT_FOUND');
  expect((await report(bea, id, seq, 'dislike')).error?.code).toBe('INVALID_FRAME');
  expect((await report(bea, 'r-nowhere', 1)).error?.code).toBe('NOT_FOUND');
});
