import { mediaKind } from '../../../client/media/media-kind.ts';
import { type MediaTransfer, uploadMedia } from '../../../client/media/upload-media.ts';
import { partBytes } from '../../../shared/protocol/media/part-bytes.ts';

/** An object store that answers in turn, and 200 from then on. */
function scene(...statuses: readonly number[]) {
  const log: string[] = [];
  const left = [...statuses];
  const transfer: MediaTransfer = {
    async request(_action, fields) {
      const { bytes = 0, parts } = fields as { bytes?: number; parts?: string[] };
      log.push(`upload of ${bytes} in ${parts?.length ?? 1}`);
      const put = (part: number) => ({ method: 'PUT', url: `https://store.example/${part}`, headers: {} });
      const reply: any = {
        mediaId: 'media',
        ...(parts ? { parts: parts.map((_, at) => put(at + 1)) } : put(1)),
      };
      return reply;
    },
    async fetch(url, init) {
      log.push(`put ${String(url).at(-1)}`);
      init?.signal?.throwIfAborted();
      return new Response(null, { status: left.shift() ?? 200 });
    },
    pause: async () => void log.push('pause'),
  };
  return { log, transfer };
}
const file = (bytes: number) => ({ bytes: new Uint8Array(bytes), contentType: 'image/png' });

test('a large upload tells part by part how far it has come', async () => {
  const { log, transfer } = scene(200, 500);
  const onPart = (done: number, parts: number) => void log.push(`${done} of ${parts}`);
  expect(await uploadMedia(transfer, 'd-1', file(2 * partBytes + 1), { onPart })).toBe('media');
  expect(log).toEqual([
    `upload of ${2 * partBytes + 1} in 3`,
    ...['0 of 3', 'put 1', '1 of 3', 'put 2', 'pause', 'put 2', '2 of 3', 'put 3', '3 of 3'],
  ]);
});

test('an upload that is called off ends there, and was not sent', async () => {
  const { log, transfer } = scene();
  const off = new AbortController();
  const onPart = (done: number) => {
    if (done === 1) off.abort();
  };
  const options = { onPart, signal: off.signal };
  await expect(uploadMedia(transfer, 'd-1', file(2 * partBytes + 1), options)).rejects.toThrow(/abort/i);
  expect(log.filter((each) => each.startsWith('put'))).toEqual(['put 1']);
  log.length = 0;
  await expect(uploadMedia(transfer, 'd-1', file(1), options)).rejects.toThrow(/abort/i);
  expect(log).toEqual([]);
});

test('what the server would not look into goes as a file', () => {
  expect(['image/heic', 'image/avif', 'audio/x-m4a', 'video/quicktime'].map(mediaKind)).toEqual([
    'image',
    'image',
    'audio',
    'video',
  ]);
  expect(['image/tiff', 'audio/midi', 'video/x-msvideo', 'text/html'].map(mediaKind)).toEqual(
    Array(4).fill('file'),
  );
});
