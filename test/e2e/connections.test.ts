import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, join, openDirect, type Person, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';

let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system?.close());

const cap = 10;
const bye = { type: 'bye', reason: 'TOO_MANY_CONNECTIONS', reconnect: false };

/** How many of them a message gets to: told by a second one that everybody who is open has had. */
async function reached(from: Person, conversationId: string, devices: readonly Person[]): Promise<number> {
  await from.call('send', { conversationId, content: text('who is there?') });
  const open = devices.filter(({ socket }) => socket.readyState === socket.OPEN);
  await Promise.all(open.map(async (each) => each.call('ping')));
  return open.filter(({ pushes }) => pushes.some(({ type }) => type === 'message')).length;
}

test('the eleventh and twelfth socket of a person end the oldest two, and a message goes to ten', async () => {
  const bob = await join(system, 'bob');
  const devices = [await join(system, 'alice')];
  const conversationId = await openDirect(bob, 'alice');
  while (devices.length < 12) devices.push(await connect(system, 'alice'));
  const [first, second, ...others] = devices as [Person, Person, ...Person[]];
  await Promise.all([first.closed, second.closed]);
  for (const { pushes } of [first, second]) expect(pushes).toEqual([bye]);
  expect(await reached(bob, conversationId, others)).toBe(cap);
  for (const { socket } of [bob, ...others]) socket.close();
  await Promise.all(others.map(async ({ closed }) => closed));
});

test('of thirty at once a message reaches ten, the clock ends the others, and a withdrawal ends all', async () => {
  const dave = await join(system, 'dave');
  const carol = await join(system, 'carol');
  const conversationId = await openDirect(dave, 'carol');
  const crowd = await Promise.all(Array.from({ length: 30 }, async () => connect(system, 'carol')));
  expect(await reached(dave, conversationId, crowd)).toBeLessThanOrEqual(cap);
  await system.schedules.fire('expire-connections');
  const isOpen = ({ socket }: Person) => socket.readyState === socket.OPEN;
  const ended = crowd.filter(({ pushes }) => pushes.some(({ type }) => type === 'bye'));
  await Promise.all(ended.map(async ({ closed }) => closed));
  const left = crowd.filter(isOpen);
  expect(left.length).toBeGreaterThan(0);
  expect(left.length + Number(isOpen(carol))).toBeLessThanOrEqual(cap);
  for (const { pushes } of ended) expect(pushes.at(-1)).toEqual(bye);
  await left[0]?.call('consent', { decision: 'withdraw' });
  await Promise.all(crowd.map(async ({ closed }) => closed));
  dave.socket.close();
});

describe('where a close overtakes what was posted just before it', () => {
  beforeAll(() => system.gateway.faults.setPostDelay(400));
  afterAll(() => system.gateway.faults.setPostDelay(0));

  const byesOf = ({ pushes }: Person) =>
    pushes.filter(({ type }) => type === 'bye').map(({ reason }) => reason);

  test('who withdraws has the ack, and every device is told why it is closed', async () => {
    const phone = await join(system, 'erin');
    const desk = await connect(system, 'erin');
    expect(await phone.call('consent', { decision: 'withdraw' })).toMatchObject({ state: 'withdrawn' });
    await Promise.all([phone.closed, desk.closed]);
    for (const device of [phone, desk]) expect(byesOf(device)).toEqual(['CONSENT_WITHDRAWN']);
  });

  test('whose account is erased has the receipt on every device', async () => {
    const phone = await join(system, 'frank');
    const desk = await connect(system, 'frank');
    expect(await phone.call('erase', { scope: 'account' })).toMatchObject({ type: 'ack' });
    await Promise.all([phone.closed, desk.closed]);
    for (const device of [phone, desk]) {
      expect(device.pushes.filter(({ type }) => type === 'erasure')).toMatchObject([{ state: 'done' }]);
      expect(byesOf(device)).toEqual(['ACCOUNT_ERASED']);
    }
  });
});
