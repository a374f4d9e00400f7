import { findMessages } from '../../../client/conversations/find-messages.ts';
import type { SearchPage } from '../../../client/lapse-client.ts';
import type { MessageBody } from '../../../shared/protocol/messages/table.ts';

const messageOf = (seq: number): MessageBody => ({
  conversationId: 'd-1',
  seq,
  id: `m${seq}`,
  from: 'bob',
  sentAt: 1,
  expiresAt: 4e9,
  content: { type: 'text', text: 'ferry' },
});

/** A server that looks through ten numbers at a time, and finds those that the test says. */
function server(lastSeq: number, isFound: (seq: number) => boolean) {
  const asked: SearchPage[] = [];
  const search = async (_id: string, _words: string, page: SearchPage = {}) => {
    asked.push(page);
    const { before = lastSeq + 1, limit = 20 } = page;
    const seqs = Array.from({ length: 10 }, (_, index) => before - 1 - index).filter((seq) => seq > 0);
    const found = seqs.filter(isFound).slice(0, limit);
    const isFull = found.length === limit;
    const next = isFull ? found.at(-1) : before - 10;
    return { messages: found.map(messageOf), ...(next !== undefined && next > 1 && { next }) };
  };
  return { asked, search };
}

const seqs = ({ messages }: { readonly messages: readonly MessageBody[] }) => messages.map(({ seq }) => seq);

test('it looks on behind pages without anything, until all has been looked through', async () => {
  const { search, asked } = server(45, (seq) => seq === 3 || seq === 44);
  const found = await findMessages({ search }, 'd-1', 'ferry');
  expect([seqs(found), found.next, asked.length]).toEqual([[44, 3], undefined, 5]);
});

test('it stops with twenty, and goes on from there', async () => {
  const { search } = server(45, () => true);
  const first = await findMessages({ search }, 'd-1', 'ferry');
  expect([first.messages.length, first.next]).toEqual([20, 26]);
  const second = await findMessages({ search }, 'd-1', 'ferry', first.next);
  expect(seqs(second)).toEqual(Array.from({ length: 20 }, (_, index) => 25 - index));
});

test('nobody waits for more than ten frames', async () => {
  const { search, asked } = server(5_000, (seq) => seq === 1);
  const found = await findMessages({ search }, 'd-1', 'ferry');
  expect([seqs(found), found.next, asked.length]).toEqual([[], 4_901, 10]);
});
