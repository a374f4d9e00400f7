import assert from 'node:assert/strict';
import { connect, refusedHandshake } from '../../support/chat-person.ts';
import { leave } from '../enter.ts';
import type { Topic } from '../topic.ts';

/** The type of the frame that answers a ping on a socket of the WebSocket that Node.js has built in. */
async function answeredTo(url: string, token: string): Promise<unknown> {
  const socket = new WebSocket(url, ['lapse.v1', token]);
  const heard = (name: 'open' | 'message') =>
    new Promise<unknown>((resolve, reject) => {
      socket.addEventListener(name, resolve, { once: true });
      socket.addEventListener('error', () => reject(new Error('the handshake was refused')), { once: true });
    });
  await heard('open');
  assert.equal(socket.protocol, 'lapse.v1');
  const answer = heard('message');
  socket.send(JSON.stringify({ action: 'ping', id: 'lower-case' }));
  const event = await answer;
  const closed = new Promise((resolve) => socket.addEventListener('close', resolve, { once: true }));
  socket.close();
  await closed;
  assert(event instanceof MessageEvent);
  return JSON.parse(String(event.data)).type;
}

export const handshake: Topic = {
  title: 'handshake',
  checks: [
    [
      'the server selects lapse.v1',
      async (deployment) => {
        const person = await connect(deployment, deployment.people.alice);
        assert.equal(person.socket.protocol, 'lapse.v1');
        await leave(person);
      },
    ],
    [
      'header names in lower case, as Node.js sends them by itself: lapse.v1 is selected, and frames are answered',
      async (deployment) => {
        const token = await deployment.token(deployment.people.alice);
        assert.equal(await answeredTo(deployment.url, token), 'ack');
      },
    ],
    [
      'tokens of 4 and of 8 kB, where such can be had, however their header is written',
      async ({ url, people, longToken }) => {
        for (const bytes of longToken === undefined ? [] : [4_096, 8_192]) {
          const token = (await longToken?.(people.alice, bytes)) ?? '';
          assert(token.length >= bytes && token.length < bytes + 100);
          assert.equal(await answeredTo(url, token), 'ack');
          const person = await connect({ url, token: async () => token }, people.alice);
          assert.equal(person.socket.protocol, 'lapse.v1');
          await leave(person);
        }
      },
    ],
    [
      'no token, or no sub-protocol: 401',
      async (deployment) => {
        assert.equal(await refusedHandshake(deployment, ['lapse.v1']), 401);
        assert.equal(await refusedHandshake(deployment, []), 401);
      },
    ],
    [
      'a token that is none, and one with another signature: 401',
      async (deployment) => {
        const token = await deployment.token(deployment.people.alice);
        assert.equal(await refusedHandshake(deployment, ['lapse.v1', 'abc']), 401);
        const forged = `${token.slice(0, -8)}AAAAAAAA`;
        assert.equal(await refusedHandshake(deployment, ['lapse.v1', forged]), 401);
      },
    ],
    [
      'alg none: 401',
      async (deployment) => {
        const [, payload] = (await deployment.token(deployment.people.alice)).split('.');
        const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
        assert.equal(await refusedHandshake(deployment, ['lapse.v1', `${header}.${payload}.`]), 401);
      },
    ],
  ],
};
