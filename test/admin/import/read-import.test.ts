import { batchesOf, type ReadBatch, readImport } from '../../../admin/import/read-import.ts';
import { collect } from '../../support/collect.ts';

async function* linesOf(...lines: readonly (object | string)[]): AsyncGenerator<string> {
  for (const line of lines) yield typeof line === 'string' ? line : JSON.stringify(line);
}
const read = async (...lines: readonly (object | string)[]): Promise<readonly ReadBatch[]> =>
  collect(batchesOf(linesOf(...lines)));

const conversation = { id: 'c-1', kind: 'group', members: ['alice', 'bob'] };
const message = (index: number, more: object = {}) => ({
  message: { id: `m-${index}`, from: 'alice', sentAt: 1_000 + index, text: `text ${index}`, ...more },
});

test('messages go with the conversation before them, in batches of which the last one says so', async () => {
  const many = Array.from({ length: 501 }, (_, index) => message(index));
  const batches = await read({ conversation }, ...many, '', { conversation: { ...conversation, id: 'c-2' } });
  expect(batches.map((batch) => [batch.conversation.id, batch.messages.length, batch.isLast])).toEqual([
    ['c-1', 250, false],
    ['c-1', 250, false],
    ['c-1', 1, true],
    ['c-2', 0, true],
  ]);
  expect(batches.map(({ line }) => line)).toEqual([251, 501, 502, 504]);
  expect(batches[2]?.messages).toEqual([message(500).message]);
});

test('a batch fits an invocation, however long its texts are', async () => {
  const long = 'x'.repeat(16_000);
  const batches = await read(
    { conversation },
    ...Array.from({ length: 200 }, (_, at) => message(at, { text: long })),
  );
  for (const batch of batches) expect(JSON.stringify(batch).length).toBeLessThan(1_100_000);
  expect(batches.flatMap(({ messages }) => messages)).toHaveLength(200);
});

test('a time is in milliseconds or ISO 8601', async () => {
  const [batch] = await read({ conversation }, message(1, { sentAt: '2026-11-01T10:00:00+09:00' }));
  expect(batch?.messages[0]?.sentAt).toBe(Date.parse('2026-11-01T01:00:00Z'));
});

test.each([
  ['not JSON', ['{'], /^line 1: not JSON/],
  ['a message of no conversation', [message(1)], /^line 1: a message before the line of its conversation$/],
  ['an unknown key', [{ conversation }, message(1, { media: 'x' })], /^line 2: is to be \{"message"/],
  ['a time that falls', [{ conversation }, message(2), message(1)], /^line 3: older than the line before/],
  ['no members', [{ conversation: { ...conversation, members: [] } }], /^line 1: is to be \{"conversation"/],
  ['a text that is none', [{ conversation }, message(1, { text: 7 })], /^line 2: is to be \{"message"/],
])('%s is a mistake that says where it stands', async (_what, lines, words) => {
  await expect(read(...lines)).rejects.toThrow(words);
});

test('what stands in a faulty line is not said', async () => {
  const secret = 'a word that is nobody’s business';
  const failed = await read({ conversation }, message(1, { text: secret, more: secret })).catch(String);
  expect(failed).toContain('line 2');
  expect(failed).not.toContain(secret);
});

test('a file that is not there', async () => {
  await expect(collect(readImport('/no/such/file.jsonl'))).rejects.toThrow(/file\.jsonl/);
});
