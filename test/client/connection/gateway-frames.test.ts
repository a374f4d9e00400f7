import type { LapseError } from '../../../client/wire/lapse-error.ts';
import { chat, settle } from '../support/chat.ts';

const people = Array.from({ length: 80 }, (_, index) => `d-alice-${index}`);

test('a stage that throttles most of what is sent at once gets each of them once more, on the same session', async () => {
  const { client, lapse, states, pass } = chat();
  for (const conversationId of people) lapse.create(conversationId, ['alice', 'bob']);
  client.connect();
  await settle();
  await pass(3_000);
  states.length = 0;
  let passed = 0;
  let throttled = 0;
  lapse.fault = ({ action }) => {
    if (action !== 'send' || throttled === 60) return 'none';
    if (passed < 20) {
      passed += 1;
      return 'none';
    }
    throttled += 1;
    return 'gateway-throttled';
  };
  const sent = Promise.all(people.map((conversationId) => client.send(conversationId, 'hello')));
  for (let round = 0; round < 20; round += 1) await pass(500);
  expect((await sent).length).toBe(80);
  expect(throttled).toBe(60);
  expect(lapse.frames.filter(({ action }) => action === 'send').length).toBe(80 + 60);
  expect(states).toEqual([]);
});

test('one that fails while others run takes none of them with it', async () => {
  const { client, lapse, states, pass } = chat();
  client.connect();
  await settle();
  await pass(3_000);
  states.length = 0;
  lapse.fault = ({ action }) => (action === 'settings' ? 'gateway-error' : 'none');
  const outcomes = Promise.allSettled([
    client.settings(),
    client.members('d-alice-bob'),
    client.devices(),
    client.members('d-alice-bob'),
  ]);
  await settle();
  expect((await outcomes).filter(({ status }) => status === 'rejected').length).toBe(1);
  expect(states).toEqual([]);
});

test.each([
  ['turned away at once', 'gateway-throttled', ['pending', 'RATE_LIMITED']],
  ['turned away for good: which of two it was nobody knows', 'gateway-forbidden', ['pending', 'INTERNAL']],
  ['given up after a while', 'gateway-error', ['INTERNAL', 'pending']],
] as const)(
  'of an older and a newer request one is %s, and the other waits on',
  async (_what, fault, wanted) => {
    const { client, lapse } = chat();
    client.connect();
    await settle();
    lapse.fault = ({ action }) =>
      action === 'settings' ? 'lose-ack' : action === 'members' ? fault : 'none';
    const outcomes = ['pending', 'pending'];
    const note = (place: number) => (error: LapseError) => {
      outcomes[place] = error.code;
    };
    client.settings().catch(note(0));
    client.members('d-alice-bob').catch(note(1));
    await settle();
    expect(outcomes).toEqual(wanted);
  },
);
