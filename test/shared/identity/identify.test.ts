import { identify } from '../../../shared/identity/identify.ts';

function deps(changed: Partial<Parameters<typeof identify>[0]> = {}) {
  const measured: object[] = [];
  return {
    measured,
    verify: async (token: string) =>
      token === 'good' ? { userId: 'alice', expiresAt: 1_900_000_000, nickname: 'Alice' } : undefined,
    consent: async () => 'granted' as const,
    policy: { version: '1', digest: 'd' },
    profilesStored: true,
    claims: {},
    metrics: { put: (values: object) => void measured.push(values) },
    ...changed,
  };
}
const offering = (token: string) => ({ 'Sec-WebSocket-Protocol': `lapse.v1, ${token}` });

test('who brings a good token is known, with the consent of this instant', async () => {
  expect(await identify(deps(), offering('good'))).toEqual({
    userId: 'alice',
    consent: 'granted',
    policyVersion: '1',
    policyDigest: 'd',
    tokenExpiresAt: '1900000000',
  });
});

test('where the operator goes by a claim, whom it names; nobody where it is no list', async () => {
  const token = { userId: 'alice', expiresAt: 1_900_000_000 };
  const reachOf = async (reach: unknown) =>
    identify(
      deps({ claims: { reach: 'reach' }, verify: async () => ({ ...token, reach }) }),
      offering('good'),
    );
  expect(await reachOf(['bob'])).toMatchObject({ reach: '["bob"]' });
  expect(await reachOf('*')).toMatchObject({ reach: '"*"' });
  for (const other of [undefined, 'bob', { bob: true }, [1], Array.from({ length: 500 }, () => 'somebody')])
    expect(await reachOf(other)).toMatchObject({ reach: '[]' });
});

test('likewise the rooms that another claim names', async () => {
  const token = { userId: 'alice', expiresAt: 1_900_000_000, reach: ['bob'] };
  const contextOf = async (rooms: unknown) =>
    identify(
      deps({ claims: { rooms: 'rooms' }, verify: async () => ({ ...token, rooms }) }),
      offering('good'),
    );
  expect(await contextOf(['r-1'])).toMatchObject({ rooms: '["r-1"]' });
  expect(await contextOf(['r-1'])).not.toHaveProperty('reach');
  expect(await contextOf('*')).toMatchObject({ rooms: '"*"' });
  for (const other of [undefined, 'r-1', ['a room'], [1]])
    expect(await contextOf(other)).toMatchObject({ rooms: '[]' });
});

test('where profiles are not stored the name in the token comes along', async () => {
  const context = await identify(deps({ profilesStored: false }), offering('good'));
  expect(context).toMatchObject({ nickname: 'Alice' });
});

test('a bad token, or none, is nobody, and no failure', async () => {
  const all = deps();
  expect(await identify(all, offering('bad'))).toBeUndefined();
  expect(await identify(all, {})).toBeUndefined();
  expect(all.measured).toEqual([]);
});

test.each(['verify', 'consent'])('a failure of %s is counted and passed on', async (name) => {
  const failing = deps({ [name]: async () => Promise.reject(new Error('not to be had')) });
  await expect(identify(failing, offering('good'))).rejects.toThrow('not to be had');
  expect(failing.measured).toEqual([{ AuthorizerErrors: 1 }]);
});
