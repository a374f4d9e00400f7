import { WebSocket as WsSocket } from 'ws';
import { type LapseClient, lapseClient } from '../../../client/lapse-client.ts';
import { systemClock } from '../../../client/time/clock.ts';
import type { SocketConstructor } from '../../../client/wire/socket.ts';
import { fakeLapse } from '../support/fake-lapse.ts';
import type { FakeLapse } from '../support/fake-lapse-type.ts';
import { textOf } from '../support/text-of.ts';
import { type Served, serve } from '../support/ws-server.ts';

let lapse: FakeLapse;
let served: Served;
const clients: LapseClient[] = [];

beforeEach(async () => {
  lapse = fakeLapse(Date.now);
  lapse.create('d-alice-bob', ['alice', 'bob']);
  served = await serve(lapse);
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await served.close();
});

function start(user: string, WebSocket: SocketConstructor): LapseClient {
  const client = lapseClient({
    url: served.url,
    token: async () => `${user}.development.token`,
    WebSocket,
    clock: systemClock(),
    random: () => 0,
  });
  clients.push(client);
  client.connect();
  return client;
}

const online = (client: LapseClient) =>
  new Promise<void>((resolve) => {
    const off = client.on('state', ({ name }) => {
      if (name !== 'online') return;
      off();
      resolve();
    });
  });

describe.each([
  ['the global WebSocket', globalThis.WebSocket],
  ['ws', WsSocket],
])('over %s', (_name, WebSocket: SocketConstructor) => {
  test('two people talk, through a lost connection', async () => {
    const alice = start('alice', WebSocket);
    const bob = start('bob', WebSocket);
    await Promise.all([online(alice), online(bob)]);
    const heard: string[] = [];
    const all = new Promise<void>((resolve) => {
      bob.on('message', (message) => {
        if (heard.push(textOf(message)) === 3) resolve();
      });
    });
    await alice.send('d-alice-bob', 'one');
    lapse.dropAll();
    await alice.send('d-alice-bob', 'two');
    await alice.send('d-alice-bob', 'three');
    await all;
    expect(heard).toEqual(['one', 'two', 'three']);
    expect(lapse.tokens.filter((token) => token === 'alice.development.token').length).toBeGreaterThan(1);
  });

  test('a refused handshake is not an accident', async () => {
    lapse.refuse = (token) => token.startsWith('mallory');
    const mallory = start('mallory', WebSocket);
    const state = await new Promise((resolve) => {
      mallory.on('state', (next) => next.name === 'reconnecting' && resolve(next));
    });
    expect(state).toMatchObject({ cause: { code: 'NOT_CONNECTED' } });
  });
});
