import fc from 'fast-check';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { type ErrorCode, errors } from '../../shared/protocol/errors.ts';
import type { Action } from '../../shared/protocol/table.ts';
import { type Frame, join, openDirect, type Person, text } from '../support/chat-person.ts';
import { actionNames } from '../support/hostile/answering-frames.ts';
import { canary, hostileFrames, noFrames } from '../support/hostile/hostile-frames.ts';
import { openRaw, type RawSocket } from '../support/hostile/raw-socket.ts';
import { validFrames } from '../support/hostile/valid-frames.ts';
import { startTestSystem } from '../support/local-system.ts';

let system: LocalSystem;
let bob: Person;
let mallory: RawSocket;
let visitor: RawSocket;
let conversationId: string;
const logged: string[] = [];

beforeAll(async () => {
  system = await startTestSystem({ onLog: (_name, line) => logged.push(line) });
  bob = await join(system, 'bob');
  (await join(system, 'mallory')).socket.close();
  conversationId = await openDirect(bob, 'mallory');
  await bob.call('send', { conversationId, content: text('hello') });
  [mallory, visitor] = await Promise.all([openRaw(system, 'mallory'), openRaw(system, 'visitor')]);
});
afterAll(() => system?.close());
beforeEach(() => {
  logged.length = 0;
});

/** Those that would end the test: a withdrawal, and the erasure of an account. */
const endsIt = (frame: object) =>
  ('decision' in frame && frame.decision === 'withdraw') || ('scope' in frame && frame.scope === 'account');

const framesOf = (name: Action) =>
  validFrames({ conversationId, mediaId: 'm'.repeat(24), userId: 'bob' })[name].filter(
    (frame) => !endsIt(frame),
  );

/** It says what is wrong with the frame, or with what the frame asks for; never that something broke. */
function expectRefusal({ error: { code, retryAfterMs: _, ...rest }, ...reply }: Frame): void {
  expect(Object.keys(errors)).toContain(code);
  expect(code).not.toBe('INTERNAL');
  const { id } = reply;
  expect({ ...reply, error: rest }).toEqual({ type: 'error', id, error: errors[code as ErrorCode] });
}

const ping = JSON.stringify({ action: 'ping', id: 'alive' });

test.each(actionNames)('%s: hostile frames are acked or refused, and the socket stays open', async (name) => {
  const hostile = fc.oneof({ weight: 5, arbitrary: hostileFrames(framesOf(name)) }, noFrames);
  await fc.assert(
    fc.asyncProperty(hostile, async (frame) => {
      const reply = await mallory.replyTo(frame);
      if (reply.type !== 'ack') expectRefusal(reply);
    }),
    { numRuns: 40 },
  );
  expect(await mallory.replyTo(ping)).toMatchObject({ type: 'ack', id: 'alive' });
  expect(logged.join('')).not.toContain(canary);
  expect(logged.join('')).not.toMatch(/"level":"error"|Error:/);
});

test.each(actionNames)('%s: and without consent', async (name) => {
  const works = ['hello', 'ping', 'consent'].includes(name);
  await fc.assert(
    fc.asyncProperty(hostileFrames(framesOf(name)), async (frame) => {
      const reply = await visitor.replyTo(frame);
      if (reply.type !== 'ack') expectRefusal(reply);
      else expect(works).toBe(true);
    }),
    { numRuns: 10 },
  );
  expect(await visitor.replyTo(ping)).toMatchObject({ type: 'ack', id: 'alive' });
});

test('nobody else notices', async () => {
  const { messages } = await bob.call('history', { conversationId });
  expect(messages[0]).toMatchObject({ from: 'bob', content: text('hello') });
});
