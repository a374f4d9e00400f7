import { mediaFile } from '../../../client/media/media-file.ts';

test.each([
  [new File(['abc'], 'a b.txt', { type: 'text/plain;charset=utf-8' }), 'text/plain', 'a b.txt'],
  [new File(['abc'], 'cat.png', { type: 'IMAGE/PNG' }), 'image/png', 'cat.png'],
  [new File(['abc'], 'notes', {}), 'application/octet-stream', 'notes'],
  [new File(['abc'], `👩\u200d💻${'𝒂'.repeat(300)}`), 'application/octet-stream', `👩💻${'𝒂'.repeat(253)}`],
  [new File(['abc'], '..', {}), 'application/octet-stream', undefined],
  [new Blob(['abc'], { type: 'audio/webm; codecs=opus' }), 'audio/webm', undefined],
])('%s is sent as what it is', async (given, contentType, name) => {
  const file = await mediaFile(given);
  expect([new TextDecoder().decode(file.bytes), file.contentType, file.name]).toEqual([
    'abc',
    contentType,
    name,
  ]);
});

test('bytes are taken as they are', async () => {
  const given = { bytes: new Uint8Array([1]), contentType: 'image/png', voice: true } as const;
  expect(await mediaFile(given)).toBe(given);
});
