import { type AsMember, asMember } from '../../../shared/conversations/as-member.ts';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import { epochMillis } from '../../../shared/time.ts';

const conversationId = 'd-1';

/** Alice and bob in one conversation; every look-up and every act leaves a line. */
function world() {
  const members = new Map([['alice', { userId: 'alice', readSeq: 0 }]]);
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
  const act = async (userId: string, id = conversationId, consented = Promise.resolve()) =>
    doAs(
      id,
      userId,
      async () => {
        await consented;
        done.push(`act of ${userId}`);
        return userId;
      },
      consented,
    );
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
])('%s: nothing is done, however often it is tried', async (_, userId, id, code) => {
  const { act, done } = world();
  await act('alice');
  for (let attempt = 0; attempt < 2; attempt += 1)
    await expect(act(userId, id)).rejects.toMatchObject({ code });
  expect(done.slice(2)).toEqual([`look up ${userId}`, `look up ${userId}`]);
});

test('who has withdrawn is told that alone, member or not, and is looked up again as long as they try', async () => {
  const { act, done } = world();
  const refused = async () => Promise.reject(new ProtocolError('CONSENT_REQUIRED'));
  for (const [userId, id] of [
    ['alice', conversationId],
    ['alice', conversationId],
    ['mallory', 'nowhere'],
  ] as const)
    await expect(act(userId, id, refused())).rejects.toMatchObject({ code: 'CONSENT_REQUIRED' });
  expect(done).toEqual(['look up alice', 'look up alice', 'look up mallory']);
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
        return { userId, readSeq: 0 };
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
