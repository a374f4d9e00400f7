import { admitsOrigin } from '../../../shared/identity/admits-origin.ts';

const listed = { allowed: ['https://chat.example', 'http://localhost:3000'], nativeClients: true };

test.each([
  ['https://chat.example', true],
  ['http://localhost:3000', true],
  ['https://chat.example.evil.example', false],
  ['https://evil.example', false],
  ['http://chat.example', false],
  ['https://chat.example:8443', false],
  ['https://CHAT.example', false],
  ['null', false],
])('a page of %s: %j', (origin, admitted) => {
  expect(admitsOrigin(listed, { Origin: origin })).toBe(admitted);
});

test('the name of the header comes in any case', () => {
  expect(admitsOrigin(listed, { origin: 'https://evil.example' })).toBe(false);
  expect(admitsOrigin(listed, { ORIGIN: 'https://chat.example' })).toBe(true);
});

test('no list: every page', () => {
  expect(admitsOrigin({ allowed: [], nativeClients: true }, { Origin: 'https://any.example' })).toBe(true);
});

test.each([true, false])('without Origin: %j, as configured', (nativeClients) => {
  expect(admitsOrigin({ ...listed, nativeClients }, {})).toBe(nativeClients);
  expect(admitsOrigin({ ...listed, nativeClients }, { Origin: '' })).toBe(nativeClients);
});
