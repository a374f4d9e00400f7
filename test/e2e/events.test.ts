import type { BusEvent } from '../../infra/local/bus/start-bus.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { recordEvent } from '../../samples/events/handler.ts';
import type { KeptEvent } from '../../samples/events/keep-once.ts';
import { join, type Person, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { holdGrounds } from '../support/operator-holds.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

const events = {
  busArn: 'arn:aws:events:ap-northeast-2:111122223333:event-bus/chat',
  recipient: 'the tests',
};

let system: LocalSystem;
/** As the sample consumer keeps them: each fact once. */
const kept: KeptEvent[] = [];
const waiting = new Set<() => void>();
const once = {
  put: async (event: KeptEvent) => {
    if (kept.some(({ eventId }) => eventId === event.eventId)) return false;
    kept.push(event);
    for (const check of [...waiting]) check();
    return true;
  },
};

async function until(condition: () => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const check = () => {
    if (condition()) resolve();
  };
  waiting.add(check);
  check();
  await promise;
  waiting.delete(check);
}
const of = (type: string) => kept.filter((event) => event.type === `lapse.${type}`);
const told = async (type: string, count = 1): Promise<readonly KeptEvent[]> => {
  await until(() => of(type).length >= count);
  return of(type);
};

beforeAll(async () => {
  system = await startTestSystem({
    assemblyFolder: await synthesizedAssembly({ events }),
    onEvent: async (event: BusEvent) => {
      await recordEvent(once, event as unknown as Parameters<typeof recordEvent>[1]);
    },
  });
});
afterAll(async () => system?.close());

let ann: Person;
let bea: Person;
let conversationId: string;

test('who agrees is told of, by their id and the policy alone', async () => {
  [ann, bea] = (await Promise.all(['ann', 'bea'].map(async (name) => join(system, name)))) as [
    Person,
    Person,
  ];
  const granted = await told('consent.granted', 2);
  expect(
    granted.map(({ ids }) => ids).toSorted((a, b) => String(a['userId']).localeCompare(String(b['userId']))),
  ).toEqual(
    ['ann', 'bea'].map((userId) => ({ version: 1, userId, entry: 1, policyVersion: expect.any(String) })),
  );
});

test('a message is told of without what it says, an edit, a recall and an erasure as changes', async () => {
  ({ conversationId } = await ann.call('open', { kind: 'group', members: ['bea'], title: 'canary title' }));
  const { seq } = await ann.call('send', { conversationId, content: text('canary words') });
  const second = await ann.call('send', { conversationId, content: text('canary again') });
  const edited = await ann.call('edit', { conversationId, seq, content: text('canary other') });
  const recalled = await ann.call('recall', { conversationId, seq });
  await ann.call('erase', { scope: 'message', conversationId, seq: second.seq });
  const [sent] = await told('message.sent', 2);
  expect(sent?.ids).toMatchObject({ version: 1, conversationId, seq });
  expect(sent?.occurredAt).toBe(new Date(Date.parse(sent?.occurredAt ?? '')).toISOString());
  expect((await told('message.edited')).map(({ ids }) => ids)).toEqual([
    { version: 1, conversationId, seqs: [seq], rev: edited.rev },
  ]);
  expect((await told('message.recalled')).map(({ ids }) => ids)).toEqual([
    { version: 1, conversationId, seqs: [seq], rev: recalled.rev },
  ]);
  const [erased] = await told('message.erased');
  expect(erased?.ids).toMatchObject({ conversationId, seqs: [second.seq] });
  const [receipt] = await told('privacy.erasure');
  expect(receipt?.ids).toMatchObject({ userId: 'ann', scope: 'message', state: 'done' });
  expect(JSON.stringify(system.bus.events)).not.toContain('canary');
});

test('who comes and goes is told of, what is reported, a hold, an export and a withdrawal', async () => {
  const { seq } = await ann.call('send', { conversationId, content: text('canary report') });
  await join(system, 'cid');
  await ann.call('members', { conversationId, add: ['cid'] });
  const [changed] = await told('membership.changed');
  expect(changed?.ids).toMatchObject({ conversationId, from: 'ann', added: ['cid'] });
  expect((await bea.call('report', { conversationId, seq, reason: 'spam' })).error).toBeUndefined();
  const [reported] = await told('moderation.reported');
  expect(reported?.ids).toEqual({ version: 1, reportId: `${conversationId}.${seq}` });
  await system.invoke('admin-hold', {
    operator: 'olga',
    input: { kind: 'user', userId: 'ann', ...holdGrounds },
  });
  expect((await told('privacy.hold-placed'))[0]?.ids).toEqual({ version: 1, userId: 'ann' });
  await bea.call('export');
  expect((await told('privacy.export'))[0]?.ids).toEqual({ version: 1, userId: 'bea' });
  await system.invoke('admin-consent-withdraw', { operator: 'olga', input: { userId: 'bea' } });
  const [withdrawn] = await told('consent.withdrawn');
  expect(withdrawn?.ids).toMatchObject({ userId: 'bea', entry: 2 });
  // No copy, no reporter, no grounds.
  expect(JSON.stringify(system.bus.events)).not.toMatch(/canary|spam|district court/);
});

test('what a busy bus does not take is told once it does, under the same ids, and nobody who sends waits for it', async () => {
  const before = of('message.sent').length;
  // More than the rounds of one call: the stream has to bring them again.
  system.bus.throttle(60);
  const sends = Array.from({ length: 15 }, async (_, index) =>
    ann.call('send', { conversationId, content: text(`canary ${index}`) }),
  );
  const seqs = (await Promise.all(sends)).map(({ seq }) => seq);
  await told('message.sent', before + 15);
  expect(
    of('message.sent')
      .slice(before)
      .map(({ ids }) => ids['seq'])
      .toSorted((a, b) => Number(a) - Number(b)),
  ).toEqual(seqs.toSorted((a, b) => a - b));
});
