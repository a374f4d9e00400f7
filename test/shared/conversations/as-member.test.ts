import { type AsMember, asMember } from '../../../shared/conversations/as-member.ts';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import { epochMillis } from '../../../shared/time.ts';

const conversationId = 'd-1';

/** Alice and bob in one conversation; every look-up and every act leaves a line. */
function world() {
  const members = new Map([
    ['alice', { userId: 'alice', readSeq: 0, suspended: false }],
    ['bob', { userId: 'bob', readSeq: 0, suspended: true }],
  ]);
  const done: string[] = [];
  let now = 0;
  const doAs = asMember({
    now: () => epochMillis(now),
    conversations: {
      readMember: async (id, userId) => {
        done.push(`look up ${userId}`);
        return id === conversationId ? members.get(userId) : undefined;
      },
    },
  });
  const pass = (millis: number) => {
    now += millis;
  };
  const act = async (userId: string, id = conversationId) =>
    doAs(id, userId, async () => {
      done.push(`act of ${userId}`);
      return userId;
    });
  return { doAs, act, done, members, pass };
}

test('a member is looked up before, and not again while they go on', async () => {
  const { act, done, pass } = world();
  expect(await act('alice')).toBe('alice');
  pass(4 * 60_000);
  await act('alice');
  pass(4 * 60_000);
  await act('alice');
  expect(done).toEqual(['look up alice', 'act of alice', 'act of alice', 'act of alice']);
  pass(5 * 60_000);
  await act('alice');
  expect(done.slice(4)).toEqual(['look up alice', 'act of alice']);
});

test.each([
  ['who is no member', 'mallory', conversationId, 'NOT_FOUND'],
  ['a conversation that is not there', 'alice', 'nowhere', 'NOT_FOUND'],
  ['who has withdrawn', 'bob', conversationId, 'CONSENT_REQUIRED'],
])('%s: nothing is done, however often it is tried', async (_, userId, id, code) => {
  const { act, done } = world();
  await act('alice');
  for (let attempt = 0; attempt < 2; attempt += 1)
    await expect(act(userId, id)).rejects.toMatchObject({ code });
  expect(done.slice(2)).toEqual([`look up ${userId}`, `look up ${userId}`]);
});

test('whose act is refused is looked up the next time', async () => {
  const { act, doAs, done, members } = world();
  await act('alice');
  members.delete('alice');
  const refused = doAs(conversationId, 'alice', async () => Promise.reject(new ProtocolError('NOT_FOUND')));
  await expect(refused).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(act('alice')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(done).toEqual(['look up alice', 'act of alice', 'look up alice']);
});

test('ten thousand are remembered, and of more those who have been active last', async () => {
  let lookedUp = 0;
  const doAs: AsMember = asMember({
    now: () => epochMillis(0),
    conversations: {
      readMember: async (_, userId) => {
        lookedUp += 1;
        return { userId, readSeq: 0, suspended: false };
      },
    },
  });
  const act = async (userId: string) => doAs(conversationId, userId, async () => undefined);
  for (let user = 0; user < 10_000; user += 1) await act(`user-${user}`);
  await act('user-0');
  await act('one more');
  expect(lookedUp).toBe(10_001);
  await act('user-0');
  expect(lookedUp).toBe(10_001);
  await act('user-1');
  expect(lookedUp).toBe(10_002);
});
