import fc from 'fast-check';
import { searchMessages } from '../../../shared/messages/search-messages.ts';
import type { SearchFrame } from '../../../shared/protocol/messages/frames.ts';
import type { MessageContent } from '../../../shared/protocol/messages/table.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { memoryMessageStore, type StoredMessage } from '../../support/memory-message-store.ts';
import { steadyRetention } from '../../support/steady-retention.ts';

const conversationId = `g-${'c'.repeat(32)}`;
const start = 1_800_000_000_000;
const hour = 3_600;

const messageOf = (seq: number, content: MessageContent, sentAt = start): StoredMessage => ({
  conversationId,
  seq,
  id: `m${seq}`,
  from: 'alice',
  sentAt: epochMillis(sentAt),
  expiresAt: (Math.floor(sentAt / 1000) + hour) as EpochSeconds,
  content,
});
const says = (seq: number, text: string, sentAt = start) => messageOf(seq, { type: 'text', text }, sentAt);

type World = {
  readonly all: readonly StoredMessage[];
  readonly now?: number;
  readonly fromSeq?: number;
  /** What they could read before they left, and came back. */
  readonly earlier?: { readonly fromSeq: number; readonly toSeq: number };
  /** DynamoDB ends a page where it likes to. */
  readonly pageSize?: number;
};

function world({ all, now = start, fromSeq, earlier, pageSize = 3 }: World) {
  const messages = new Map(all.map((message) => [message.seq, message]));
  const lastSeq = Math.max(0, ...messages.keys());
  let pages = 0;
  const store = memoryMessageStore(() => ({ messages, timeless: new Set(), claims: new Map() }), {
    pageSize,
  });
  const deps = {
    messages: {
      headers: store.headers,
      readable: async (...asked: Parameters<typeof store.readable>) => {
        pages += 1;
        return store.readable(...asked);
      },
    },
    conversations: {
      readMember: async (_: string, userId: string) =>
        userId === 'stranger'
          ? undefined
          : {
              userId,
              readSeq: 0,
              ...(fromSeq !== undefined && { fromSeq }),
              ...(earlier && { returned: true as const }),
            },
      readFormer: async (_: string, userId: string) =>
        earlier && { userId, joinedSeq: 0, leftSeq: earlier.toSeq, ...earlier },
      readHead: async () => ({
        conversationId,
        kind: 'group' as const,
        createdAt: epochMillis(start),
        lastSeq,
        lastSentAt: start,
        retryMarks: [],
      }),
    },
    retention: steadyRetention(hour, () => now),
    now: () => epochMillis(now),
  };
  const search = async (text: string, more: Partial<SearchFrame> = {}, userId = 'bob') => {
    pages = 0;
    const found = await searchMessages(deps, userId, {
      action: 'search',
      id: 's',
      conversationId,
      text,
      ...more,
    });
    return { ...found, seqs: found.messages.map(({ seq }) => seq), pages };
  };
  /** As a client does that looks through everything. */
  const searchAll = async (text: string, limit?: number) => {
    const seqs: number[] = [];
    for (let before: number | undefined, isFirst = true; isFirst || before !== undefined; isFirst = false) {
      const page: Awaited<ReturnType<typeof search>> = await search(text, {
        ...(before !== undefined && { before }),
        ...(limit !== undefined && { limit }),
      });
      seqs.push(...page.seqs);
      before = page.next;
    }
    return seqs;
  };
  return { search, searchAll };
}

test.each([
  ['ferry', 'The FERRY leaves at nine', true],
  ['sunday ferry', 'the ferry on Sunday', true],
  ['sunday ferry', 'the ferry on Monday', false],
  ['cafe', 'Café', true],
  ['CAFÉ', 'cafe', true],
  ['strasse', 'Straße', true],
  ['Ⅷ ｆｕｌｌ', 'viii full', true],
  ['οδος', 'ΟΔΌΣ', true],
  ['개', '개발자', true],
  // A syllable is a letter of its own.
  ['가', '각', false],
  ['が', 'か', false],
  ['天气', '今天天气很好', true],
  ['%', '100 %', true],
  ['.*', 'anything', false],
])('%s in %s: %s', async (sought, text, isThere) => {
  expect((await world({ all: [says(1, text)] }).search(sought)).seqs).toEqual(isThere ? [1] : []);
});

test('captions and names of files are looked through; who came and went, ids and addresses are not', async () => {
  const media = { mediaId: 'ferry', media: { contentType: 'image/ferry', bytes: 9 } } as const;
  const { search } = world({
    all: [
      messageOf(1, { type: 'image', ...media, caption: 'the ferry' }),
      messageOf(2, { type: 'file', ...media, name: 'Ferry.pdf' }),
      messageOf(3, { type: 'image', ...media }),
      messageOf(4, { type: 'event', event: 'members', added: ['ferry'] }),
      { ...says(5, 'to sea'), from: 'ferry', id: 'ferry' },
    ],
  });
  expect((await search('ferry')).seqs).toEqual([2, 1]);
});

test('of what has ended, was erased, is hidden from them or was said before they came, nobody finds anything', async () => {
  const all = [
    says(1, 'ferry, before bob came'),
    says(2, 'ferry'),
    { ...says(3, 'ferry, erased'), erasedAt: epochMillis(start) },
    { ...says(4, 'ferry, hidden'), hiddenFor: ['bob'] },
    says(5, 'ferry, sent later', start + 1_000),
  ];
  const at = async (now: number) => (await world({ all, now, fromSeq: 2 }).search('ferry')).seqs;
  expect(await at(start)).toEqual([5, 2]);
  expect(await at(start + hour * 1_000 - 1)).toEqual([5, 2]);
  expect(await at(start + hour * 1_000)).toEqual([5]);
  expect(await at(start + hour * 1_000 + 1_000)).toEqual([]);
});

test('what was said while they were out of the group is not found by who has come back', async () => {
  const all = [1, 2, 3, 4, 5].map((seq) => says(seq, `ferry ${seq}`));
  const { search } = world({ all, fromSeq: 5, earlier: { fromSeq: 1, toSeq: 2 } });
  expect((await search('ferry')).seqs).toEqual([5, 2, 1]);
});

test('who is no member learns nothing, not even whether there is such a conversation', async () => {
  const { search } = world({ all: [says(1, 'ferry')] });
  await expect(search('ferry', {}, 'stranger')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('whatever the pages are like, all that is there is found once, newest first', async () => {
  const long = 'x'.repeat(9_000);
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 50 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 9 }),
      fc.func(fc.constantFrom('ferry', 'nothing', `ferry ${long}`)),
      async (seqs, pageSize, limit, textOf) => {
        const all = seqs.map((seq) => says(seq, textOf(seq)));
        const expected = all
          .filter(({ content }) => content.type === 'text' && content.text.includes('ferry'))
          .map(({ seq }) => seq)
          .toSorted((one, other) => other - one);
        expect(await world({ all, pageSize }).searchAll('FERRY', limit)).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});

test('one frame looks through a thousand messages or 256 KB, and fits into a frame of 32 KB', async () => {
  const many = Array.from({ length: 2_500 }, (_, index) => says(index + 1, 'sea'));
  const small = world({ all: [says(1, 'ferry'), ...many.slice(1)], pageSize: 1_000 });
  const first = await small.search('ferry');
  expect([first.seqs, first.next, first.pages]).toEqual([[], 1_501, 5]);
  expect(await small.searchAll('ferry')).toEqual([1]);

  const large = Array.from({ length: 100 }, (_, index) => says(index + 1, `sea ${'x'.repeat(16_000)}`));
  const heavy = world({ all: large, pageSize: 5 });
  const looked = await heavy.search('ferry');
  expect([looked.seqs, looked.next, looked.pages]).toEqual([[], 81, 4]);
  const found = await heavy.search('sea');
  expect(found.seqs).toEqual([100]);
  expect(Buffer.byteLength(JSON.stringify(found.messages))).toBeLessThan(32_000);
});
