import fc from 'fast-check';
import { mentionParts, mentionsIn } from '../../../client/words/mention-words.ts';

const called = (text: string, names: readonly string[]) =>
  mentionParts(text, names).flatMap(({ name }) => name ?? []);

test.each<[string, readonly string[]]>([
  ['@bob: hello', ['bob']],
  ['hello @bob, and @ann!', ['bob', 'ann']],
  ['(@bob)', ['bob']],
  ['@bobby', ['bobby']],
  ['@bob2 and @bob_', []],
  ['mail bob@bob', []],
  ['@Bob', []],
  ['@@bob', ['bob']],
  ['@bob@ann', ['bob']],
  ['한국 @지민님', []],
  ['@지민 안녕', ['지민']],
  ['@bob.smith', ['bob.smith']],
])('in %j are called %j', (text, names) => {
  expect(called(text, ['bob', 'bobby', 'ann', '지민', 'bob.smith'])).toEqual(names);
});

test('nothing of a text is lost or said twice', async () => {
  const pieces = fc.array(fc.constantFrom('@', 'bob', 'bobby', ' ', 'é', '@bob', 'x'), { maxLength: 30 });
  await fc.assert(
    fc.property(pieces, (words) => {
      const text = words.join('');
      const parts = mentionParts(text, ['bob', 'bobby']);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      for (const { text: said, name } of parts) if (name !== undefined) expect(said).toBe(`@${name}`);
    }),
  );
});

test('a message names ids, and all only where one may', () => {
  const people = ['bob', '%EC%A7%80%EB%AF%BC'];
  expect(mentionsIn('@지민 and @bob and @bob', people, false)).toEqual({ mentions: [people[1], 'bob'] });
  expect(mentionsIn('@all', people, true)).toEqual({ mentionsAll: true });
  expect(mentionsIn('@all', people, false)).toEqual({});
  expect(mentionsIn('nobody', people, true)).toEqual({});
  const many = Array.from({ length: 40 }, (_, index) => `p${index}`);
  const everyone = many.map((name) => `@${name}`).join(' ');
  expect(mentionsIn(everyone, many, false).mentions).toHaveLength(32);
});

test('a long text of nothing but @ is looked through quickly enough to be typed', () => {
  const names = Array.from({ length: 1_000 }, (_, index) => `person-${index}`);
  expect(mentionParts('@'.repeat(16_384), names)).toEqual([{ text: '@'.repeat(16_384) }]);
});
