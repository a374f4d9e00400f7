import { type ActName, today } from '../../bench/cost/measured.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, join, openDirect, text } from '../support/chat-person.ts';
import { type CountingDynamoDb, startCountingDynamoDb } from '../support/counting-dynamodb.ts';
import { startTestSystem } from '../support/local-system.ts';

let dynamodb: CountingDynamoDb;
let system: LocalSystem;

beforeAll(async () => {
  dynamodb = await startCountingDynamoDb();
  system = await startTestSystem({ dynamodbEndpoint: dynamodb.endpoint });
});
afterAll(async () => {
  await system?.close();
  await dynamodb?.close();
});

const writes = /^(Put|Update|Delete|BatchWrite|TransactWrite)/;

/** Units of the second of two: the first fills what an environment remembers. The retention is read once a second at most. */
async function unitsOf(act: () => Promise<unknown>) {
  await act();
  dynamodb.take();
  await act();
  const calls = dynamodb.take().filter(({ table }) => table !== system.tableNames['PRIVACY_TABLE']);
  const sum = (isWrite: boolean) =>
    calls.reduce((all, { operation, units }) => (writes.test(operation) === isWrite ? all + units : all), 0);
  return { writeUnits: sum(true), readUnits: sum(false) };
}

test('no act takes more units than the bill counts for it', async () => {
  const [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
  const carol = await join(system, 'carol');
  const conversationId = await openDirect(alice, 'bob');
  const withCarol = await openDirect(alice, 'carol');
  const send = (to: string) => alice.call('send', { conversationId: to, content: text('x'.repeat(200)) });
  let seq = 0;
  const leave = async () => {
    const before = system.gateway.connectionCount();
    carol.socket.close();
    await carol.closed;
    expect(system.gateway.connectionCount()).toBeLessThan(before);
  };
  const measured: Partial<Record<ActName, Awaited<ReturnType<typeof unitsOf>>>> = {
    sendToOnline: await unitsOf(async () => {
      seq = (await send(conversationId)).seq;
      await bob.until((pushes) => pushes.some(({ message }) => message?.seq === seq));
    }),
    read: await unitsOf(async () => {
      await bob.call('read', { conversationId, seq });
      seq = (await send(conversationId)).seq;
      dynamodb.take();
      await bob.call('read', { conversationId, seq });
    }),
    typing: await unitsOf(() => alice.call('typing', { conversationId })),
    hello: await unitsOf(() => bob.call('hello', { cursors: { [conversationId]: seq } })),
    history: await unitsOf(() => bob.call('history', { conversationId, after: seq })),
    connect: await unitsOf(() => connect(system, 'dave')),
  };
  await leave();
  // What an environment remembers for some seconds may be over by now on a busy machine.
  await send(withCarol);
  measured.sendToOffline = await unitsOf(() => send(withCarol));
  for (const [name, units] of Object.entries(measured)) {
    const { writeUnits, readUnits } = today.acts[name as ActName];
    expect([name, units.writeUnits <= writeUnits, units.readUnits <= readUnits, units]).toEqual([
      name,
      true,
      true,
      units,
    ]);
  }
});
