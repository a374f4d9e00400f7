import { forwardedContent } from '../../../shared/messages/forwarded-content.ts';
import type { MessageContent } from '../../../shared/protocol/messages/table.ts';
import { changesWorld } from '../../support/changes-world.ts';
import { direct } from '../../support/step.ts';

/** A group whose one message says this. */
async function said(content: MessageContent) {
  const world = await changesWorld(['ann', 'ben']);
  const { seq } = await world.send(direct, 'ann', 'm1');
  const made = world.deps(direct);
  const messages = {
    get: async (...place: Parameters<(typeof made)['messages']['readExactly']>) => {
      const [found] = await made.messages.readExactly(...place);
      return found && { ...found.message, content };
    },
  };
  return {
    take: async (userId: string, at = seq) =>
      forwardedContent(
        {
          ...made,
          messages: { get: async (conversationId, number) => messages.get(conversationId, [number]) },
        },
        userId,
        { conversationId: world.conversationId, seq: at },
      ),
  };
}

const media = { contentType: 'image/png', bytes: 1 };

test.each<MessageContent>([
  { type: 'image', mediaId: 'm'.repeat(24), media },
  { type: 'audio', mediaId: 'm'.repeat(24), voice: true, media },
  { type: 'video', mediaId: 'm'.repeat(24), caption: 'words', media },
  { type: 'file', mediaId: 'm'.repeat(24), media },
])('media is taken with its facts and its clock: %j', async (content) => {
  const { take } = await said(content);
  const { media: facts, ...shown } = content as Extract<MessageContent, { mediaId: string }>;
  const { origin, ...taken } = await take('ben');
  expect(taken).toEqual({ content: shown });
  expect(origin).toEqual({ media: facts, sentAt: expect.any(Number), expiresAt: expect.any(Number) });
  // Who cannot read it is not told that it is media.
  await expect(take('zoe')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test.each<MessageContent>([{ type: 'recalled' }, { type: 'event', event: 'title' }])(
  'what nobody has written, or nobody any more, is not there: %j',
  async (content) => {
    const { take } = await said(content);
    await expect(take('ben')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  },
);

test('words and custom content are taken as they are', async () => {
  for (const content of [
    { type: 'text', text: 'words' },
    { type: 'custom', kind: 'poll', data: { a: 1 } },
  ] as const) {
    const { take } = await said(content);
    expect(await take('ben')).toEqual({ content });
    await expect(take('ben', 99)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
});
