import { eventWords } from '../../../../client/words/event-words.ts';

const said = (fields: object, from = 'alice') =>
  eventWords({ type: 'event', event: 'members', ...fields }, from, 'carol');

test('an event reads as a sentence', () => {
  expect(said({ added: ['bob', 'carol', '%EA%B9%80%EB%AF%BC%EC%A7%80'] })).toBe(
    'alice added bob, you and 김민지',
  );
  expect(said({ added: ['bob'], removed: ['dave'] })).toBe('alice added bob and removed dave');
  expect(said({ left: ['carol'] }, 'carol')).toBe('You left');
  expect(said({ roles: { bob: 'admin' } })).toBe('alice made bob an admin');
  expect(said({ closed: true })).toBe('alice closed the group');
  expect(said({})).toBe('alice changed the group');
});
