import assert from 'node:assert/strict';
import type { Frame } from '../../support/chat-person.ts';
import { textOf, unzipped } from '../../support/own-export.ts';
import { enter, leave } from '../enter.ts';
import type { Topic } from '../topic.ts';

export const exporting: Topic = {
  title: 'export',
  checks: [
    [
      'is one request however often it is asked for, and a zip of what is held about oneself',
      async (deployment) => {
        const alice = await enter(deployment, deployment.people.alice);
        const asked = await alice.call('export');
        // One of an earlier run is about to go: a new one can be had in some minutes.
        if (asked.error !== undefined) {
          assert.partialDeepStrictEqual(asked.error, { code: 'RATE_LIMITED', retryable: true });
          await leave(alice);
          return;
        }
        assert.equal((await alice.call('export')).requestId, asked.requestId);
        const isIt = (push: Frame) => push.type === 'export' && push.requestId === asked.requestId;
        if (asked.state === 'accepted') await alice.until((pushes) => pushes.some(isIt));
        const ready = asked.state === 'accepted' ? alice.pushes.find(isIt) : asked;
        assert.equal(ready.parts, 1);
        const files = await unzipped(ready.url);
        assert(textOf(files['consent.json']).includes('granted'));
        assert(textOf(files['about.json']).includes(alice.userId));
        await leave(alice);
      },
    ],
  ],
};
