import fc from 'fast-check';
import { isCustomData } from '../../../../shared/protocol/messages/custom-data.ts';
import { sendFrame } from '../../../../shared/protocol/messages/frames.ts';

const nested = (levels: number): unknown => (levels === 0 ? 'deep' : [nested(levels - 1)]);

test('any JSON value is taken, as it is', async () => {
  await fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' }), (data) => {
      const content = { type: 'custom', kind: 'a.b_c-1', data };
      const frame = { action: 'send', id: '1', conversationId: 'c', content };
      expect(sendFrame.parse(frame).content).toEqual(content);
    }),
  );
});

test.each([
  ['none at all', undefined],
  ['33 levels', nested(33)],
  ['half a character', 'a\ud800'],
  ['half a character in a key', { 'a\ud800': 1 }],
  ['half a character in a list in an object', { a: [{ b: 'a\ud800' }] }],
  ['a number that JSON reads as infinite', [JSON.parse('1e999')]],
])('not %s', (_name, data) => {
  expect(isCustomData(data)).toBe(false);
  const content = { type: 'custom', kind: 'a', data };
  expect(sendFrame.safeParse({ action: 'send', id: '1', conversationId: 'c', content }).success).toBe(false);
});

test('32 levels are taken, and a frame of thousands is refused like any other', async () => {
  expect(isCustomData(nested(32))).toBe(true);
  const data: unknown = JSON.parse(`${'['.repeat(16_000)}${']'.repeat(16_000)}`);
  expect(isCustomData(data)).toBe(false);
});

test.each(['', 'a b', 'é', 'a/b', 'a'.repeat(65)])('no kind is called %j', (kind) => {
  const content = { type: 'custom', kind, data: 1 };
  expect(sendFrame.safeParse({ action: 'send', id: '1', conversationId: 'c', content }).success).toBe(false);
});
