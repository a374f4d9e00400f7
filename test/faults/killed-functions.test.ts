import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, join, openDirect, type Person, text, wholeHistory } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';

let system: LocalSystem;
let alice: Person;
let bob: Person;
let conversationId: string;

beforeAll(async () => {
  system = await startTestSystem();
  [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
  conversationId = await openDirect(alice, 'bob');
  await alice.call('send', { conversationId, content: text('warm up') });
});
afterAll(() => system?.close());

const ids = Array.from({ length: 24 }, (_, index) => `m${index + 1}`);

/** What is answered is an ack; what is not is lost with its socket, as the rest of a killed function's work. */
async function sendAll(person: Person, prefix: string): Promise<void> {
  const sends = ids.map(async (id) =>
    person.call('send', { id: `${prefix}-${id}`, conversationId, content: text(id) }),
  );
  await Promise.allSettled(sends);
}

async function expectEachOnce(prefix: string): Promise<void> {
  const messages = await wholeHistory(bob, conversationId);
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
  const own = messages.map(({ id }) => id).filter((id) => id.startsWith(prefix));
  expect(own.sort()).toEqual(ids.map((id) => `${prefix}-${id}`).sort());
}

test('functions killed in the middle of sends lose nothing and double nothing', async () => {
  const doomed = await connect(system, 'alice');
  const under = sendAll(doomed, 'killed');
  await bob.until((pushes) => pushes.some(({ message }) => message?.id.startsWith('killed')));
  system.pool.kill('send');
  await alice.call('ping');
  doomed.socket.terminate();
  await under;
  const back = await connect(system, 'alice');
  await sendAll(back, 'killed');
  await expectEachOnce('killed');
  back.socket.close();
});

test('functions frozen in the middle of sends, repeated meanwhile and thawed again double nothing', async () => {
  const slow = await connect(system, 'alice');
  const under = sendAll(slow, 'frozen');
  await bob.until((pushes) => pushes.some(({ message }) => message?.id.startsWith('frozen')));
  system.pool.freeze('send');
  const back = await connect(system, 'alice');
  await sendAll(back, 'frozen');
  system.pool.thaw('send');
  // On a busy machine they stood still for longer than a function may run: that is answered without the id of a send.
  const ended = slow.until((pushes) => pushes.some(({ connectionId }) => connectionId !== undefined));
  await Promise.race([under, ended]);
  slow.socket.terminate();
  await under;
  await expectEachOnce('frozen');
  back.socket.close();
});

test('a throttled recipient is tried again, and through the queue when that is not enough', async () => {
  const phone = await connect(system, 'bob');
  system.gateway.faults.set({ kind: 'throttled' }, { times: 8 });
  const ack = await alice.call('send', { conversationId, content: text('through the queue') });
  expect(ack).toMatchObject({ type: 'ack' });
  system.gateway.faults.clear();
  const has = (pushes: readonly { message?: { seq: number } }[]) =>
    pushes.some(({ message }) => message?.seq === ack.seq);
  await Promise.all([bob.until(has), phone.until(has)]);
  phone.socket.close();
});
