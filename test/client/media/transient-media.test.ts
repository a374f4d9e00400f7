import type { ClientEvents } from '../../../client/events/client-events.ts';
import { emitter } from '../../../client/events/emitter.ts';
import { transientMedia } from '../../../client/media/transient-media.ts';
import type { MessageBody } from '../../../shared/protocol/messages/table.ts';
import { settle } from '../support/chat.ts';

type Kind = 'image' | 'audio' | 'video' | 'file';
const message = (seq: number, type: Kind, bytes: number, more: object = {}): MessageBody => ({
  conversationId: 'd-1',
  seq,
  id: `m${seq}`,
  from: 'bob',
  sentAt: 0,
  expiresAt: Number.NaN,
  content: { type, mediaId: `media-${seq}`, media: { contentType: 'a/b', bytes, ...more } },
});

/** What a client with media does, with everything that it asked the server for. */
function scene(active = true) {
  const events = emitter<ClientEvents>();
  const asked: string[] = [];
  const state = { fails: false };
  const media = transientMedia({
    on: events.on,
    active: () => active,
    async download(_conversationId, seq, variant) {
      asked.push(`${seq}${variant === undefined ? '' : ` ${variant}`}`);
      if (state.fails) throw new Error('gone');
      return new Blob([`${seq} ${variant ?? 'whole'}`]);
    },
    async received(_conversationId, seq) {
      asked.push(`received ${seq}`);
      throw new Error('the server is too old for that');
    },
  });
  return { ...events, asked, state, media };
}
const text = async (blob: Promise<Blob>) => (await blob).text();

test('pictures and sounds come at once, others while they are small; then the server is told, once', async () => {
  const { emit, asked, media } = scene();
  emit('message', message(1, 'image', 30_000_000, { variants: ['thumbnail'] }));
  emit('message', message(2, 'video', 20_000_000));
  emit('message', message(3, 'video', 20_000_001));
  await settle();
  expect(asked.toSorted()).toEqual(['1', '1 thumbnail', '2', 'received 1', 'received 2']);
  expect(asked.indexOf('received 1')).toBeGreaterThan(asked.indexOf('1 thumbnail'));

  asked.length = 0;
  expect(await text(media.download('d-1', 1))).toBe('1 whole');
  expect(await text(media.download('d-1', 1, 'thumbnail'))).toBe('1 thumbnail');
  expect(asked).toEqual([]);
  expect(await text(media.download('d-1', 3))).toBe('3 whole');
  expect(asked).toEqual(['3', 'received 3']);
});

test('what could not be fetched is asked for again when somebody wants it, and was not received', async () => {
  const { emit, asked, media, state } = scene();
  state.fails = true;
  emit('message', message(1, 'image', 10));
  await settle();
  expect(asked).toEqual(['1']);
  await expect(media.download('d-1', 1)).rejects.toThrow('gone');
  state.fails = false;
  expect(await text(media.download('d-1', 1))).toBe('1 whole');
});

test('what one sends oneself does not come back', async () => {
  const { emit, asked, media } = scene();
  const forget = media.holdOwn('media-1', { whole: new Blob(['mine']), small: new Blob(['my poster']) });
  emit('message', message(1, 'video', 90_000_000, { variants: ['poster'] }));
  forget();
  await settle();
  expect(asked).toEqual(['received 1']);
  expect(await text(media.download('d-1', 1))).toBe('mine');
  expect(await text(media.download('d-1', 1, 'poster'))).toBe('my poster');
});

test.each(['expired', 'erased'] as const)('what is %s is held no longer', async (end) => {
  const { emit, asked, media } = scene();
  emit('message', message(1, 'image', 10));
  emit('message', message(11, 'image', 10));
  await settle();
  emit(end, [message(1, 'image', 10)]);
  asked.length = 0;
  await media.download('d-1', 11);
  expect(asked).toEqual([]);
  await media.download('d-1', 1);
  expect(asked).toEqual(['1', 'received 1']);
});

test('where media is stored nothing is fetched unasked, and nothing is held', async () => {
  const { emit, asked, media } = scene(false);
  emit('message', message(1, 'image', 10));
  await settle();
  expect(asked).toEqual([]);
  await media.download('d-1', 1);
  await media.download('d-1', 1);
  expect(asked).toEqual(['1', '1']);
});
