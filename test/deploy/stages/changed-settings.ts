import assert from 'node:assert/strict';
import { text } from '../../support/chat-person.ts';
import type { DeployedChat } from '../chat/deployed-chat.ts';
import { openByEvents } from '../chat/invoked-person.ts';
import type { DeployRun } from '../deploy-run.ts';

const day = 86_400;

/** What the operator has changed, as people come to feel it: a retention of one day, and sensitive data blocked. */
export async function checkChangedSettings(
  { runner: { check } }: DeployRun,
  chat: DeployedChat,
  conversationId: string,
): Promise<void> {
  const alice = await openByEvents(chat, 'alice');
  await check('hello tells the new retention, and consent is what it was', async () => {
    const hello = await alice.call('hello');
    assert.partialDeepStrictEqual(hello, {
      consent: { state: 'granted' },
      retention: { messages: { seconds: day } },
    });
  });
  await check('what was stored before is still read, and the numbers go on', async () => {
    const page = await alice.call('history', { conversationId });
    assert.partialDeepStrictEqual(page, { messages: [{ seq: 2, content: text('try again') }] });
    const ack = await alice.call('send', { conversationId, content: text('a day at most') });
    assert.partialDeepStrictEqual(ack, { seq: 3 });
    assert.equal(ack.expiresAt, Math.floor(ack.sentAt / 1000) + day);
  });
  await check('sensitive data is blocked now', async () => {
    const content = text('my card is 4111 1111 1111 1111');
    const refused = await alice.call('send', { conversationId, content });
    assert.partialDeepStrictEqual(refused, { error: { code: 'SENSITIVE_DATA' } });
  });
  await alice.disconnect();
}
