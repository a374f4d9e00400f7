import assert from 'node:assert/strict';
import { connect, refusedHandshake } from '../../support/chat-person.ts';
import { leave } from '../enter.ts';
import type { Topic } from '../topic.ts';

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
