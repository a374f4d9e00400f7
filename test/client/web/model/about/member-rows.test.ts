import { memberRows } from '../../../../../client/web/model/about/member-rows.ts';

const members = [
  { userId: 'bob', role: 'member' },
  { userId: 'alice', role: 'member' },
  { userId: 'carol', role: 'admin' },
  { userId: 'dave', role: 'owner' },
] as const;
const actsOf = (role: 'owner' | 'admin' | 'member', blocked: readonly string[] = []) =>
  Object.fromEntries(
    memberRows(members, { userId: 'alice', role }, new Set(blocked)).map(({ key, acts }) => [key, acts]),
  );

test('oneself stands first, then who leads, each with what they are', () => {
  const rows = memberRows(members, { userId: 'alice', role: 'member' }, new Set(['bob']));
  expect(rows.map(({ name, note }) => [name, note])).toEqual([
    ['alice', 'you'],
    ['dave', 'owner'],
    ['carol', 'admin'],
    ['bob', 'blocked by you'],
  ]);
});

test('the owner does everything, an admin takes out members, a member blocks', () => {
  expect(actsOf('owner')).toMatchObject({
    alice: [],
    bob: ['admin', 'owner', 'remove', 'block'],
    carol: ['member', 'owner', 'remove', 'block'],
  });
  expect(actsOf('admin')).toMatchObject({ bob: ['remove', 'block'], carol: ['block'], dave: ['block'] });
  expect(actsOf('member', ['carol'])).toMatchObject({ bob: ['block'], carol: ['unblock'], dave: ['block'] });
});
