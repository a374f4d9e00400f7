import { offeredToken } from '../../../shared/identity/sub-protocol.ts';

test.each([
  ['lapse.v1, a.b.c', 'a.b.c'],
  ['lapse.v1,a.b.c', 'a.b.c'],
  ['lapse.v1', undefined],
  ['a.b.c', undefined],
  ['a.b.c, lapse.v1', undefined],
  ['lapse.v1, a.b.c, d.e.f', undefined],
  ['', undefined],
])('%j offers %j', (offered, token) => {
  expect(offeredToken({ 'Sec-WebSocket-Protocol': offered })).toBe(token);
});

test('the name of the header comes in the case that the client chose', () => {
  expect(offeredToken({ 'sec-websocket-protocol': 'lapse.v1, t' })).toBe('t');
  expect(offeredToken({ 'SEC-WEBSOCKET-PROTOCOL': 'lapse.v1, t' })).toBe('t');
});

test('no header, no token', () => {
  expect(offeredToken({})).toBeUndefined();
});
