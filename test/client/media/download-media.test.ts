import { downloadMedia } from '../../../client/media/download-media.ts';
import type { MediaTransfer } from '../../../client/media/upload-media.ts';

/** Answers of the object store in turn; every address is another one. */
function scene(...answers: readonly (() => Response)[]) {
  const asked: string[] = [];
  let addresses = 0;
  const left = [...answers];
  const transfer: MediaTransfer = {
    request: async (action, fields) => {
      asked.push(`${action} ${JSON.stringify(fields)}`);
      addresses += 1;
      const reply: any = { url: `https://store.example/${addresses}` };
      return reply;
    },
    fetch: async (url, init) => {
      asked.push(`${String(url)} ${init?.cache}`);
      return (left.shift() ?? (() => Response.error()))();
    },
    pause: async (attempt) => void asked.push(`pause ${attempt}`),
  };
  return { asked, download: downloadMedia(transfer) };
}

test('the bytes come by an address of their own, and no browser keeps them', async () => {
  const { asked, download } = scene(() => new Response('bytes'));
  expect(await (await download('d-1', 7, 'thumbnail')).text()).toBe('bytes');
  expect(asked).toEqual([
    'download {"conversationId":"d-1","seq":7,"variant":"thumbnail"}',
    'https://store.example/1 no-store',
  ]);
});

test('an address that has ended meanwhile is not used again: there is a new one', async () => {
  const { asked, download } = scene(
    () => new Response(null, { status: 403 }),
    () => {
      throw new TypeError('the line is cut');
    },
    () => new Response('bytes'),
  );
  expect(await (await download('d-1', 7)).text()).toBe('bytes');
  expect(asked.filter((each) => each.startsWith('https'))).toEqual([
    'https://store.example/1 no-store',
    'https://store.example/2 no-store',
    'https://store.example/3 no-store',
  ]);
});

test('what is gone is gone at once; what stays out of reach is said after some tries', async () => {
  const gone = scene(() => new Response(null, { status: 404 }));
  await expect(gone.download('d-1', 7)).rejects.toMatchObject({ code: 'NOT_FOUND', retryable: false });
  expect(gone.asked).toHaveLength(2);
  const away = scene();
  await expect(away.download('d-1', 7)).rejects.toMatchObject({ code: 'NOT_CONNECTED', retryable: true });
  expect(away.asked.filter((each) => each.startsWith('pause'))).toHaveLength(3);
});
