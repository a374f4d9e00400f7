import type { WrittenContent } from '../../../shared/protocol/messages/table.ts';
import { type ReviewDeps, review } from '../../../shared/review/review.ts';
import { type Reviewer, reviewer } from '../../../shared/review/reviewer-gateway.ts';

const conversationId = `d-${'c'.repeat(32)}`;
const text = (words: string) => ({ type: 'text', text: words }) as const;
const custom = (data: unknown) => ({ type: 'custom', kind: 'poll', data }) as const;
const picture: WrittenContent = {
  type: 'image',
  mediaId: 'm1',
  caption: 'at the lake',
  media: { contentType: 'image/jpeg', bytes: 10 } as never,
};

function reviewing(given: Awaited<ReturnType<Reviewer['review']>> | Error, blocked = 'secret') {
  const counted: object[] = [];
  const deps: ReviewDeps = {
    reviewer: {
      async review() {
        if (given instanceof Error) throw given;
        return given;
      },
    },
    limits: { textBytes: 100, customBytes: 100 },
    guard: { accepts: (words) => !words.includes(blocked) },
    metrics: { put: (values) => void counted.push(values) },
  };
  const act = review(deps);
  return {
    counted,
    read: async (content: WrittenContent) => act('alice', { action: 'send', conversationId, content }),
  };
}

test('what is allowed is the very same', async () => {
  const content = text('hello');
  expect((await reviewing({ verdict: 'allow' }).read(content)).content).toBe(content);
});

test.each([
  ['a text', text('hello'), text('h****'), text('h****')],
  ['custom content', custom({ a: 1 }), custom({ a: 2 }), custom({ a: 2 })],
  [
    'a caption, and the picture stays what it is',
    picture,
    { type: 'image', mediaId: 'm1', caption: 'at a lake' },
    { ...picture, caption: 'at a lake' },
  ],
  ['a caption taken away', picture, { type: 'image', mediaId: 'm1' }, withoutCaption(picture)],
] as const)('%s is changed', async (_what, content, wanted, expected) => {
  const { read, counted } = reviewing({ verdict: 'change', content: wanted });
  expect((await read(content)).content).toEqual(expected);
  expect(counted).toEqual([]);
});

function withoutCaption(content: WrittenContent): object {
  const { caption: _, ...rest } = { caption: undefined, ...content };
  return rest;
}

test.each([
  ['another type', text('hello'), custom(1)],
  ['another kind', custom(1), { ...custom(1), kind: 'other' }],
  ['other media', picture, { type: 'image', mediaId: 'm2' }],
  ['more than anybody may write', text('hello'), text('x'.repeat(101))],
  ['sensitive data', text('hello'), text('a secret')],
] as const)('a change into %s cannot be followed', async (_what, content, wanted) => {
  const { read, counted } = reviewing({ verdict: 'change', content: wanted });
  await expect(read(content)).rejects.toMatchObject({ code: 'REVIEW_UNAVAILABLE' });
  expect(counted).toEqual([{ ReviewFailures: 1 }]);
});

test('refused is refused, and no verdict is none', async () => {
  const refusing = reviewing({ verdict: 'refuse' });
  await expect(refusing.read(text('hello'))).rejects.toMatchObject({ code: 'REVIEW_REFUSED' });
  expect(refusing.counted).toEqual([{ ReviewRefusals: 1 }]);
  const failing = reviewing(new Error('hello'));
  const failed = await failing.read(text('hello')).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 'REVIEW_UNAVAILABLE' });
  expect(String((failed as Error).cause)).toBe('undefined');
});

const request = { version: 1, action: 'send', conversationId, from: 'alice', content: text('hi') } as const;

test.each([
  ['failed', { failed: true, payload: '{"verdict":"allow"}' }],
  ['nothing', { failed: false, payload: 'null' }],
  ['no JSON', { failed: false, payload: 'allow' }],
  ['another word', { failed: false, payload: '{"verdict":"ALLOW"}' }],
  ['a change into nothing', { failed: false, payload: '{"verdict":"change"}' }],
  [
    'a change into half',
    { failed: false, payload: '{"verdict":"change","content":{"type":"text","text":"\\ud800"}}' },
  ],
])('an answer that is %s is no verdict', async (_what, answer) => {
  const asked = reviewer({ invoke: async () => answer }, 'arn');
  const error = await asked.review(request).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
});

test('the function is asked by its ARN; what it says beside its verdict is left out', async () => {
  const asked: string[] = [];
  const answer = { failed: false, payload: '{"verdict":"allow","why":"fine"}' };
  const { review: read } = reviewer(
    {
      async invoke(...call) {
        asked.push(...call);
        return answer;
      },
    },
    'arn',
  );
  expect(await read(request)).toEqual({ verdict: 'allow' });
  expect(asked).toEqual(['arn', JSON.stringify(request)]);
});
