import type { ClientEvents } from '../../../client/events/client-events.ts';
import { emitter } from '../../../client/events/emitter.ts';
import { clientMedia } from '../../../client/media/client-media.ts';
import { withDefaults } from '../../../client/options/with-defaults.ts';
import type { Request } from '../../../client/wire/actions.ts';
import { LapseError } from '../../../client/wire/lapse-error.ts';
import { guards } from '../../../shared/protocol/guards.ts';
import type { Content } from '../../../shared/protocol/messages/frames.ts';

const bytes = (length: number) => new Uint8Array(length);
const film = {
  bytes: bytes(50),
  contentType: 'video/mp4',
  poster: { bytes: bytes(9), contentType: 'image/jpeg' },
};

/** What is said of a film where pictures may have so many bytes, and which uploads were asked for. */
async function sendFilm(imageBytes: number, answer: 'ack' | 'NOT_STORED' = 'ack') {
  const asked: string[] = [];
  const said: Content[] = [];
  const request = (async (_action: string, fields: { kind: string; bytes: number }) => {
    asked.push(fields.kind);
    if (fields.kind === 'image' && answer !== 'ack') throw new LapseError(answer, '', false);
    if (fields.kind === 'image' && fields.bytes > imageBytes) throw new LapseError('TOO_LARGE', '', false);
    return { mediaId: `${fields.kind}-1`, expiresAt: 0, method: 'PUT', url: 'https://store', headers: {} };
  }) as unknown as Request;
  const media = clientMedia(
    {
      events: emitter<ClientEvents>(),
      connection: { request, state: () => ({ name: 'idle' }) },
      hello: () => undefined,
    },
    withDefaults(
      {
        url: 'ws://nowhere',
        token: async () => '',
        fetch: async () => new Response(null, { status: 200 }),
      },
      guards,
    ),
  );
  const sent = media.send('d-1', film, {}, async (content) => {
    said.push(content);
    return { conversationId: 'd-1', seq: 1, sentAt: 0, expiresAt: 0, stored: true };
  });
  const outcome = await sent.then(
    () => 'sent',
    (error: LapseError) => error.code,
  );
  return { asked, said, outcome };
}

test('a film names its poster, which is uploaded as a picture before it', async () => {
  const { asked, said } = await sendFilm(9);
  expect(asked).toEqual(['image', 'video']);
  expect(said).toEqual([{ type: 'video', mediaId: 'video-1', posterId: 'image-1' }]);
});

test('a film goes without a poster that is larger than a picture may be', async () => {
  const { asked, said } = await sendFilm(8);
  expect(asked).toEqual(['image', 'video']);
  expect(said).toEqual([{ type: 'video', mediaId: 'video-1' }]);
});

test('a poster that is refused for anything else is the refusal of the film', async () => {
  const { said, outcome } = await sendFilm(9, 'NOT_STORED');
  expect([said, outcome]).toEqual([[], 'NOT_STORED']);
});
