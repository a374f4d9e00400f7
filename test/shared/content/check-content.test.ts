import fc from 'fast-check';
import { limitsSchema } from '../../../shared/configuration/limits.ts';
import { checkContent, textsOf } from '../../../shared/content/check-content.ts';
import type { Content } from '../../../shared/protocol/messages/frames.ts';
import { findSensitiveData } from '../../../shared/sensitive-data/find-sensitive-data.ts';

const limits = limitsSchema.parse({});
const check = (content: Content) => () =>
  checkContent({ action: 'send', id: '1', conversationId: 'c', content }, limits);
const custom = (data: unknown, kind = 'poll'): Content => ({ type: 'custom', kind, data });

test('custom content is at most 8 KB: its kind, and its data in bytes of JSON', () => {
  expect(check(custom('a'.repeat(8_192 - 4 - 2)))).not.toThrow();
  expect(check(custom('a'.repeat(8_192 - 4 - 1)))).toThrow('content is larger than the limit');
  expect(check(custom('é'.repeat(4_093)))).not.toThrow();
  expect(check(custom('é'.repeat(4_094)))).toThrow('content is larger than the limit');
  expect(check(custom('\n'.repeat(4_094)))).toThrow('content is larger than the limit');
  expect(check(custom(0, 'k'.repeat(64)))).not.toThrow();
  expect(check({ type: 'text', text: 'a'.repeat(9_000) })).not.toThrow();
});

const card = '4111111111111111';

test.each<[string, Content]>([
  ['its kind', custom(1, card)],
  ['a string', custom({ a: [`pay ${card}`] })],
  ['a number', custom([{ a: Number(card) }])],
  ['a number below zero', custom(-Number(card))],
  ['a key', custom({ [card]: null })],
  ['a key deep inside', custom([[{ a: { [card]: [] } }]])],
])('what is looked through is %s', (_name, content) => {
  expect(textsOf(content).flatMap((text) => findSensitiveData(text, { nationalIdCountries: [] }))).toEqual([
    'payment-card',
  ]);
});

test('every string, number and key of any value is looked through', async () => {
  await fc.assert(
    fc.property(fc.jsonValue(), (data) => {
      const texts = textsOf(custom(data));
      JSON.stringify(data, (key, value: unknown) => {
        // Places in lists are no keys of anybody's.
        if (key !== '' && !/^\d+$/.test(key)) expect(texts).toContain(key);
        if (typeof value === 'string') expect(texts).toContain(value);
        return value;
      });
    }),
  );
});
