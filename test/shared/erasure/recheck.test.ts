import { type Recheck, runRecheck } from '../../../shared/erasure/recheck.ts';
import type { Holds } from '../../../shared/stores/privacy/holds.ts';
import type { SendKey } from '../../../shared/stores/sends/send-key.ts';
import { epochMillis } from '../../../shared/time.ts';

const none: Holds = { users: new Set(), conversations: new Set() };
const rooms = ['1', '2', '3'].map((digit) => `d-${digit.repeat(32)}`);
const [one = '', two = '', three = ''] = rooms;
const look: Recheck = {
  scope: 'account',
  userId: 'alice',
  writtenBy: epochMillis(5),
  conversationIds: rooms,
};

describe('a late look', () => {
  function lookWorld(holds: Holds, isOver = () => false) {
    const added: [Recheck, number | undefined][] = [];
    const read: string[] = [];
    const forgotten: string[] = [];
    const deps = {
      holds: { list: async () => holds },
      isOver,
      rechecks: { add: async (next: Recheck, delay?: number) => void added.push([next, delay]) },
      sends: {
        listKeys: async (_userId: string, _by: number, after?: string) =>
          after === undefined ? { keys: ['a'], next: 'a' } : { keys: ['b'] },
        remove: async ({ sendKey }: SendKey) => void forgotten.push(sendKey),
      },
      written: {
        now: () => epochMillis(9),
        tell: async () => undefined,
        removeMedia: async () => undefined,
        sends: { recordResult: async () => undefined },
        messages: {
          headers: async (conversationId: string) => {
            read.push(conversationId);
            return { headers: [], more: false };
          },
          tombstone: async () => true,
        },
      },
    };
    return { deps, added, read, forgotten };
  }

  test('goes through its conversations, and of an account forgets all the sends', async () => {
    const { deps, added, read, forgotten } = lookWorld(none);
    await runRecheck(deps, look);
    expect([read, forgotten, added]).toEqual([rooms, ['a', 'b'], []]);
  });

  test('of a conversation leaves the sends: they tell a repeat what became of it', async () => {
    const { deps, forgotten } = lookWorld(none);
    await runRecheck(deps, { ...look, scope: 'conversation' });
    expect(forgotten).toEqual([]);
  });

  test('waits for what is under hold', async () => {
    const { deps, added, read } = lookWorld({ ...none, conversations: new Set([two]) });
    await runRecheck(deps, look);
    expect(read).toEqual([one, three]);
    expect(added).toEqual([[{ ...look, conversationIds: [two] }, 900]]);
  });

  test('leaves the rest to another invocation when its time is over', async () => {
    const answers = [false, true];
    const { deps, added, read } = lookWorld(none, () => answers.shift() ?? true);
    await runRecheck(deps, look);
    expect(read).toEqual([one]);
    expect(added).toEqual([[{ ...look, conversationIds: [two, three] }, 0]]);
  });

  test('where messages are not stored is at the sends alone', async () => {
    const { deps, read, forgotten } = lookWorld(none);
    await runRecheck({ ...deps, written: undefined }, look);
    expect([read, forgotten]).toEqual([[], ['a', 'b']]);
  });
});
