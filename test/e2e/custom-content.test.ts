import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { type Frame, join, openDirect, type Person } from '../support/chat-person.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { startTestSystem } from '../support/local-system.ts';
import { ownExport, textOf } from '../support/own-export.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

const card = 4_111_111_111_111_111;
const custom = (data: unknown) => ({ type: 'custom', kind: 'poll', data });

describe.each([true, false])('messages stored: %s', (store) => {
  const log: string[] = [];
  let system: LocalSystem;
  let alice: Person;
  let bob: Person;
  let conversationId: string;
  beforeAll(async () => {
    system = await startTestSystem({
      onLog: (name, line) => void log.push(`${name} ${line}`),
      assemblyFolder: await synthesizedAssembly({ messages: { store }, sensitiveData: 'block' }),
    });
    bob = await join(system, 'bob');
    alice = await join(system, 'alice');
    conversationId = await openDirect(alice, 'bob');
  });
  afterAll(() => system?.close());

  const send = async (data: unknown): Promise<Frame> =>
    alice.call('send', { conversationId, content: custom(data) });
  const kept = async (words: string) =>
    (await everythingKept(system)).filter((each) => each.text.includes(words)).map(({ where }) => where);

  test('a card is refused in a string, a number and a key, and nothing of it is told', async () => {
    for (const data of [String(card), [card], { a: { [card]: 1 } }]) {
      const refused = await send(data);
      expect(refused).toMatchObject({ error: { code: 'SENSITIVE_DATA' } });
      expect(JSON.stringify(refused)).not.toContain(String(card));
    }
    expect(await kept(String(card))).toEqual([]);
    expect(log.join('\n')).not.toContain(String(card));
  });

  test('it is pushed, and kept where messages are', async () => {
    const ack = await send({ note: 'what-is-kept' });
    expect(ack).toMatchObject({ type: 'ack', stored: store });
    await bob.until((pushes) => pushes.some(({ message }) => message?.seq === ack.seq));
    expect(bob.pushes.at(-1).message.content).toEqual(custom({ note: 'what-is-kept' }));
    const places = await kept('what-is-kept');
    expect(places).toHaveLength(store ? 1 : 0);
    expect(log.join('\n')).not.toContain('what-is-kept');
  });

  if (!store) return;

  test('it is exported and reported as it is, and erased like a text', async () => {
    const { seq } = await send({ note: 'goes-in-the-end' });
    const other = await send({ note: 'stays-where-it-is' });
    const files = await ownExport(bob);
    const exported = Object.values(files).map(textOf).join('\n');
    expect(exported).toContain('goes-in-the-end');
    expect(exported).toContain('"kind":"poll"');
    await alice.call('erase', { scope: 'message', conversationId, seq });
    await bob.until((pushes) => pushes.some(({ type }) => type === 'erased'));
    expect(await kept('goes-in-the-end')).toEqual(
      (await kept('goes-in-the-end')).filter((where) => where.startsWith('bucket')),
    );
    expect(await bob.call('report', { conversationId, seq: other.seq, reason: 'spam' })).toMatchObject({
      type: 'ack',
    });
    const shown: any = await system.invoke('admin-report-show', {
      operator: 'olga',
      input: { reportId: `${conversationId}.${other.seq}` },
    });
    expect(shown.payload.result.message.content).toEqual(custom({ note: 'stays-where-it-is' }));
  });
});
