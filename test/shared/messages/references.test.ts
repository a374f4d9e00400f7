import { sendMessage } from '../../../shared/messages/send-message.ts';
import type { SendRequest } from '../../../shared/stores/messages/message.ts';
import { sendTransientMessage } from '../../../shared/transient/send-transient-message.ts';
import { conversationId, messageWorld } from '../../support/message-world.ts';
import { direct } from '../../support/step.ts';
import { transientWorld } from '../../support/transient-world.ts';

type References = Pick<SendRequest, 'replyTo' | 'mentions' | 'mentionsAll'>;

const alice = { userId: 'alice', connectionId: 'alice-1' };
const frame = (id: string, references: References = {}): SendRequest => ({
  ...{ action: 'send', id, conversationId, content: { type: 'text', text: id } },
  ...references,
});

/** Alice and bob, and one message. */
const modes = {
  async stored() {
    const world = messageWorld();
    const send = async (id: string, references?: References) =>
      sendMessage(
        world.deps(direct, () => 1_000),
        alice,
        frame(id, references),
      );
    await send('first');
    return { send, leave: (userId: string) => world.members.delete(userId), world };
  },
  async 'not stored'() {
    const world = transientWorld();
    const send = async (id: string, references?: References) =>
      sendTransientMessage(world.deps(direct), alice, frame(id, references));
    await send('first');
    return { send, leave: (userId: string) => world.members.delete(userId), world };
  },
};

describe.each(Object.entries(modes))('where messages are %s', (_, begin) => {
  test.each<[string, References]>([
    ['an answer to a message', { replyTo: 1 }],
    ['a mention of members', { mentions: ['bob', 'alice'] }],
    ['a mention of everybody, between two', { mentionsAll: true }],
  ])('%s passes', async (_name, references) => {
    const { send } = await begin();
    expect(await send('second', references)).toMatchObject({ seq: 2 });
  });

  test.each<[string, References]>([
    ['an answer to a number that nobody has got yet', { replyTo: 2 }],
    ['an answer to the largest number there is', { replyTo: Number.MAX_SAFE_INTEGER }],
    ['a mention of who is no member', { mentions: ['bob', 'mallory'] }],
  ])('%s is refused, and takes no number', async (_name, references) => {
    const { send } = await begin();
    for (let attempt = 0; attempt < 2; attempt += 1)
      await expect(send('second', references)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // The same id may be used for the message as it should have been.
    expect(await send('second')).toMatchObject({ seq: 2 });
  });

  test('a repeat is answered as at first, though the one it mentions has left', async () => {
    const { send, leave } = await begin();
    const { seq } = await send('second', { mentions: ['bob'] });
    leave('bob');
    expect(await send('second', { mentions: ['bob'] })).toMatchObject({ seq, duplicate: true });
    await expect(send('third', { mentions: ['bob'] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

test('what is refused again and again leaves no mark on the conversation', async () => {
  const { send, world } = await modes.stored();
  for (let attempt = 0; attempt < 5; attempt += 1)
    await expect(send('second', { replyTo: 9 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(world.head().retryMarks).toEqual([]);
});

test('a message whose number the head does not know yet may be answered', async () => {
  const { send, world } = await modes.stored();
  const [first] = [...world.messages.values()];
  if (first === undefined) throw new Error('there is no message');
  world.messages.set(2, { ...first, seq: 2, id: 'just pushed', from: 'bob' });
  expect(world.head().lastSeq).toBe(1);
  expect(await send('answer', { replyTo: 2 })).toMatchObject({ seq: 3 });
});
