import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { type Frame, join, type Person, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

const code = ({ error }: Frame) => error?.code;

async function startWith(configuration: object): Promise<readonly [LocalSystem, Person, Person]> {
  const system = await startTestSystem({ assemblyFolder: await synthesizedAssembly(configuration) });
  return [system, ...(await Promise.all([join(system, 'ann'), join(system, 'bob')]))] as const;
}

test('hello tells the rules, by which the server then goes', async () => {
  const [system, ann, bob] = await startWith({
    ...{ edit: { window: '5m' }, recall: { window: '90s' } },
    groups: { pin: 'members', mentionAll: 'members' },
  });
  try {
    const { rules } = await bob.call('hello');
    expect(rules).toEqual({
      ...{ editSeconds: 300, recallSeconds: 90 },
      groups: { invite: 'admins', mentionAll: 'members', pin: 'members' },
    });
    const { conversationId } = await ann.call('open', { kind: 'group', members: ['bob'] });
    const { seq } = await ann.call('send', { conversationId, content: text('to be pinned') });
    expect(code(await bob.call('pin', { conversationId, seq, on: true }))).toBeUndefined();
    const all = { conversationId, content: text('@all'), mentionsAll: true };
    expect(code(await bob.call('send', all))).toBeUndefined();
    expect(code(await bob.call('members', { conversationId, add: ['cid'] }))).toBe('FORBIDDEN');
  } finally {
    await system.close();
  }
});

test('where messages are not stored none is edited or taken back', async () => {
  const [system, ann] = await startWith({ messages: { store: false } });
  try {
    expect((await ann.call('hello')).rules).toEqual({
      ...{ editSeconds: 0, recallSeconds: 0 },
      groups: { invite: 'admins', mentionAll: 'admins', pin: 'admins' },
    });
  } finally {
    await system.close();
  }
});
