import { chat, settle } from '../support/chat.ts';

test('resolves when the server says that the export is ready, with every zip of it', async () => {
  const { client, lapse, clock } = chat();
  client.connect();
  await settle();
  const exported = client.exportData();
  await settle();
  lapse.exportedParts = 2;
  lapse.push('alice', { type: 'export', requestId: 'export-of-alice', url: 'x', expiresAt: 1, parts: 2 });
  const { urls, requestId, expiresAt } = await exported;
  expect(urls).toEqual(['https://files.example/1.zip', 'https://files.example/2.zip']);
  expect(requestId).toBe('export-of-alice');
  expect(expiresAt).toBe(Math.floor(clock.now() / 1000) + 898);
});

test('an export that becomes ready while the connection is away is found when it is back', async () => {
  const { client, lapse, pass } = chat();
  client.connect();
  await settle();
  const exported = client.exportData();
  await settle();
  lapse.dropAll();
  await settle();
  lapse.exportedParts = 1;
  await pass(250);
  expect((await exported).urls).toEqual(['https://files.example/1.zip']);
});

test('a client that is closed meanwhile says so', async () => {
  const { client } = chat();
  client.connect();
  await settle();
  const exported = client.exportData();
  const refused = expect(exported).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
  await settle();
  client.close();
  await refused;
});

test('a refusal is passed on', async () => {
  const { client, lapse } = chat();
  client.connect();
  await settle();
  lapse.fault = ({ action }) => (action === 'export' ? { code: 'RATE_LIMITED', retryable: true } : 'none');
  await expect(client.exportData()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});
