import fc from 'fast-check';
import { limitsSchema } from '../../../shared/configuration/limits.ts';
import { countUnread } from '../../../shared/conversations/count-unread.ts';
import { readablePages } from '../../../shared/export/export-messages.ts';
import { storedMedia } from '../../../shared/media/stored-media.ts';
import { announceTyping } from '../../../shared/messages/announce-typing.ts';
import { markRead } from '../../../shared/messages/mark-read.ts';
import { readHistory } from '../../../shared/messages/read-history.ts';
import { retryPushes } from '../../../shared/messages/retry-pushes.ts';
import { sendMessage } from '../../../shared/messages/send-message.ts';
import { blockUser } from '../../../shared/safety/block-user.ts';
import type { LocateMedia } from '../../../shared/stores/media/locate-media.ts';
import type { HeaderPage, Range } from '../../../shared/stores/messages/message-store.ts';
import { epochMillis } from '../../../shared/time.ts';
import { messageWorld } from '../../support/message-world.ts';
import { direct } from '../../support/step.ts';

type Person = 'alice' | 'bob';
type Act =
  | { readonly by: Person; readonly does: 'send' | 'typing' | 'read' | 'look'; readonly fails: boolean }
  | { readonly does: 'block' | 'unblock' | 'again' | 'retry' };

/** What one of the two sees: answers to their own acts, and pushes. */
type View = readonly unknown[];

/** Alice blocks bob. `asIf`: nobody ever blocks, and what the block keeps away is not done. */
async function play(acts: readonly Act[], asIf?: 'she is quiet' | 'he is quiet') {
  const world = messageWorld();
  const now = () => 1_000;
  const seen: Record<Person, unknown[]> = { alice: [], bob: [] };
  const blocks = new Set<string>();
  /** What he wrote meanwhile: she reads none of it, then or later. */
  const missed = new Set<string>();
  let [isBlocked, failing, sends] = [false, false, 0];
  let last: (() => Promise<unknown>) | undefined;
  const base = world.deps(direct, now);
  const deps = {
    ...base,
    gateway: {
      ...base.gateway,
      push: async (connectionId: string, data: Uint8Array) => {
        if (failing) return 'failed' as const;
        const { type, message, ...frame } = JSON.parse(new TextDecoder().decode(data));
        const person = connectionId.startsWith('alice') ? 'alice' : 'bob';
        expect(blocks.size > 0 && person === 'alice' && frame.userId === 'bob').toBe(false);
        // How far he has read of what is hidden says nothing to her.
        if (type === 'read' && person === 'alice') return 'sent' as const;
        // Numbers are passed over where a message is hidden: what alice sees is told by its words.
        seen[person].push(person === 'bob' ? { type, message, ...frame } : [type, message?.content.text]);
        return 'sent' as const;
      },
    },
    limits: limitsSchema.parse({}),
    authors: undefined,
  };
  const { conversationId } = world.head();
  const blocking = {
    ...deps,
    idSecret: async () => undefined,
    blocks: {
      block: async (_: string, otherId: string) => void blocks.add(otherId),
      unblock: async (_: string, otherId: string) => void blocks.delete(otherId),
      blocks: async (_: string, otherId: string) => blocks.has(otherId),
      count: async () => blocks.size,
      list: async () => ({ blocked: [...blocks] }),
    },
    conversations: {
      markBlocks: async (_: string, userId: string, does: boolean) =>
        deps.conversations.markBlocks(conversationId, userId, does),
    },
  };
  const where = { action: 'history' as const, id: 'h', conversationId };

  // Those of the world are of one message.
  const inLargePages = {
    async headers(id: string, range: Range) {
      const page = await deps.messages.headers(id, range);
      const last = page.headers.at(-1)?.seq;
      if (!page.more || last === undefined) return page;
      const rest: HeaderPage = await inLargePages.headers(id, { ...range, before: last });
      return { headers: [...page.headers, ...rest.headers], more: false };
    },
  };

  for (const act of acts) {
    if (!('by' in act)) {
      if (act.does === 'again') await last?.();
      else if (act.does === 'retry') await retryPushes(deps, conversationId, world.jobs.splice(0));
      else {
        isBlocked = act.does === 'block';
        if (asIf === undefined)
          await blockUser(
            blocking,
            { userId: 'alice', connectionId: 'alice-1' },
            { userId: 'bob', blocked: isBlocked },
          );
      }
      continue;
    }
    const { by, does } = act;
    const isKeptAway = isBlocked && asIf === (by === 'alice' ? 'she is quiet' : 'he is quiet');
    const sender = { userId: by, connectionId: `${by}-0` };
    if (does === 'send') {
      sends += 1;
      const content = { type: 'text' as const, text: `${by} ${sends}` };
      const frame = { ...where, action: 'send' as const, id: `m${sends}`, content };
      last = undefined;
      if (isBlocked && asIf === 'he is quiet' && by === 'bob') continue;
      if (isBlocked && by === 'bob') missed.add(frame.id);
      last = async () => sendMessage(deps, sender, frame);
      failing = act.fails;
      const ack = await last();
      failing = false;
      if (by === 'bob') seen.bob.push(ack);
    } else if (does === 'typing') {
      if (!isKeptAway) await announceTyping(deps, by, { conversationId });
    } else if (does === 'read') {
      const { messages } = await readHistory(deps, by, where);
      const { seq } = messages.findLast(({ id }) => by === 'bob' || !missed.has(id)) ?? {};
      // She reads all the same: he only does not learn of it.
      if (seq !== undefined && isKeptAway) await deps.conversations.markRead(conversationId, by, seq);
      else if (seq !== undefined) await markRead(deps, sender, { conversationId, seq });
    } else seen[by].push(await look(by));
  }
  for (const person of ['alice', 'bob'] as const) seen[person].push(await look(person));
  return seen as { readonly alice: View; readonly bob: View };

  async function look(by: Person) {
    const { messages } = await readHistory(deps, by, where);
    const shown = messages.map(({ content }) => (content.type === 'text' ? content.text : '?'));
    if (by === 'bob') return { messages };
    const [head, member] = [world.head(), (await deps.conversations.readMember(conversationId, by))!];
    const exported: string[] = [];
    for await (const page of readablePages(
      { ...deps, conversations: { ...deps.conversations, listIds: async () => ({ ids: [conversationId] }) } },
      { userId: by, until: epochMillis(2_000) },
      undefined,
    ))
      exported.push(...page.messages.map(({ content }) => (content.type === 'text' ? content.text : '?')));
    expect(exported).toEqual(shown);
    const locate: LocateMedia = async (key) => ({ key });
    const media = storedMedia(deps.messages, deps.retention, locate, () => epochMillis(2_000));
    for (const { seq } of world.messages.values())
      if (!messages.some((each) => each.seq === seq))
        expect(await media(conversationId, seq, by)).toBeUndefined();
    const newest = async (id: string, range: Range) =>
      inLargePages.headers(id, { ...range, newestFirst: true });
    const counting = { ...deps, messages: { newest }, blocked: new Set<string>() };
    const { unread } = await countUnread(counting, { head, member });
    return { shown, unread };
  }
}

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      by: fc.constantFrom<Person>('alice', 'bob'),
      does: fc.constantFrom('send', 'typing', 'read', 'look'),
      fails: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('block', 'unblock', 'again', 'retry') }) },
);
const acts = fc.array(act, { maxLength: 25 });

test('who is blocked sees what they would see if she were only quiet', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (each) => {
      expect((await play(each)).bob).toEqual((await play(each, 'she is quiet')).bob);
    }),
    { numRuns: 200 },
  );
});

test('who blocks sees what she would see if he had kept quiet', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (each) => {
      // A repeat or a retry of what was never said is nothing.
      expect((await play(each)).alice).toEqual((await play(each, 'he is quiet')).alice);
    }),
    { numRuns: 200 },
  );
});
