import { chat, settle } from '../support/chat.ts';

const file = { bytes: new Uint8Array([1, 2, 3]), contentType: 'application/octet-stream', name: 'a.bin' };
const put = () => Promise.resolve(new Response(null, { status: 200 }));

test('an upload that the connection cuts short goes on when it is there again', async () => {
  const { client, lapse, conversationId, pass } = chat({ fetch: put });
  client.connect();
  await settle();
  let asked = 0;
  lapse.fault = ({ action }) => (action === 'upload' && ++asked < 3 ? 'drop-before' : 'none');
  const refused = expect(client.sendMedia(conversationId, file)).rejects.toMatchObject({
    code: 'NOT_STORED',
  });
  let over = false;
  void refused.finally(() => {
    over = true;
  });
  // Hashing takes its own time, which is not the test's.
  while (!over) await pass(250);
  expect(asked).toBe(3);
});

test('an upload without anything to wait for is refused at once', async () => {
  const { client, conversationId } = chat({ fetch: put });
  await expect(client.sendMedia(conversationId, file)).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
});
