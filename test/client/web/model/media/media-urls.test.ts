import { mediaUrls } from '../../../../../client/web/model/media/media-urls.ts';
import type { MediaView } from '../../../../../client/web/model/media/media-view.ts';
import { LapseError } from '../../../../../client/wire/lapse-error.ts';

const place = { conversationId: 'd-1', seq: 1 };
const sea: MediaView = { type: 'image', place, facts: { contentType: 'image/jpeg', bytes: 3 } };

function scene() {
  const alive = new Map<string, string>();
  const downloads: PromiseWithResolvers<Blob>[] = [];
  const urls = mediaUrls({
    async download() {
      const asked = Promise.withResolvers<Blob>();
      downloads.push(asked);
      return asked.promise;
    },
    create(media) {
      alive.set(`blob:${alive.size + 1}`, media.type);
      return [...alive.keys()].at(-1) ?? '';
    },
    revoke: (url) => void alive.delete(url),
  });
  return { urls, alive, downloads };
}

test('one download serves all who ask, until the message ends', async () => {
  const { urls, alive, downloads } = scene();
  const asked = [urls.get(sea), urls.get(sea), urls.get(sea, 'thumbnail')];
  expect(downloads).toHaveLength(2);
  for (const { resolve } of downloads) resolve(new Blob(['sea'], { type: 'text/html' }));
  const [first, second, small] = await Promise.all(asked);
  expect(second).toBe(first);
  expect(small).not.toBe(first);
  expect([...alive.values()].toSorted()).toEqual(['image/jpeg', 'image/webp']);
  urls.forget([{ ...place, seq: 2 }]);
  await Promise.resolve();
  expect(alive.size).toBe(2);
  urls.forget([place]);
  await Promise.resolve();
  expect(alive.size).toBe(0);
});

test('what arrives after the end of its message is not kept', async () => {
  const { urls, alive, downloads } = scene();
  const late = urls.get(sea);
  urls.clear();
  downloads[0]?.resolve(new Blob(['sea']));
  await expect(late).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(alive.size).toBe(0);
});

test('a download that failed is tried again, and a file never gets a type that runs', async () => {
  const { urls, alive, downloads } = scene();
  const page: MediaView = { ...sea, type: 'file', facts: { contentType: 'text/html', bytes: 3 } };
  const failed = urls.get(page);
  downloads[0]?.reject(new LapseError('NOT_CONNECTED', 'not connected', true));
  await expect(failed).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
  const again = urls.get(page);
  downloads[1]?.resolve(new Blob(['<p>']));
  await again;
  expect([...alive.values()]).toEqual(['application/octet-stream']);
});
