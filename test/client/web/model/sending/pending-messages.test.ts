import type { ClientState } from '../../../../../client/events/client-state.ts';
import type { LapseClient } from '../../../../../client/lapse-client.ts';
import type { MediaFile } from '../../../../../client/media/upload-media.ts';
import { pendingMessages } from '../../../../../client/web/model/sending/pending-messages.ts';
import { LapseError } from '../../../../../client/wire/lapse-error.ts';
import { settle } from '../../../support/chat.ts';

const picture = (name: string) => ({
  file: new Blob([name]),
  name,
  contentType: 'image/png',
  kind: 'image' as const,
  bytes: name.length,
});

/** A client whose uploads end when the test says so. */
function scene() {
  const uploads: { name: string; options: any; poster: any; end: PromiseWithResolvers<any> }[] = [];
  const state: { now: ClientState } = { now: { name: 'online' } as ClientState };
  const client: Pick<LapseClient, 'send' | 'sendMedia' | 'messages' | 'on' | 'state'> = {
    send: () => Promise.reject(new Error('nobody sends a text here')),
    sendMedia(_conversationId, given, options) {
      const { bytes, poster } = given as MediaFile;
      const end = Promise.withResolvers<any>();
      uploads.push({ name: new TextDecoder().decode(bytes), options, poster, end });
      options?.signal?.addEventListener('abort', () => end.reject(options.signal?.reason));
      return end.promise;
    },
    messages: () => [],
    on: () => () => undefined,
    state: () => state.now,
  };
  const model = pendingMessages(
    client,
    () => 1_000,
    () => undefined,
    async (film) =>
      film.size === 0
        ? undefined
        : { bytes: new Uint8Array(await film.arrayBuffer()), contentType: 'image/jpeg' },
  );
  const shown = () =>
    model.of('d-1').map(({ attachment, status, upload }) => [attachment?.name, status, upload?.done]);
  return { model, uploads, shown, state };
}
const sent = { conversationId: 'd-1', seq: 1, sentAt: 1, expiresAt: 9_999, stored: true };

test('files go one after the other, in the order in which they were chosen, with their captions', async () => {
  const { model, uploads, shown } = scene();
  model.send('d-1', '', picture('one'));
  model.send('d-1', 'both', picture('two'));
  await settle();
  expect(uploads.map(({ name }) => name)).toEqual(['one']);
  expect(uploads[0]?.options).not.toHaveProperty('caption');
  uploads[0]?.end.resolve(sent);
  await settle();
  expect(uploads.map(({ name, options }) => [name, options.caption])).toEqual([
    ['one', undefined],
    ['two', 'both'],
  ]);
  uploads[1]?.options.onPart(1, 3);
  expect(shown()).toEqual([
    ['one', 'sent', undefined],
    ['two', 'sending', 1],
  ]);
});

test('a film goes with its poster, where there is one; nothing else has one', async () => {
  const { model, uploads } = scene();
  const film = (name: string) => ({ ...picture(name), kind: 'video' as const });
  for (const each of [film('film'), film(''), picture('picture')]) {
    model.send('d-1', '', each);
    await settle();
    uploads.at(-1)?.end.resolve(sent);
    await settle();
  }
  expect(uploads.map(({ poster }) => poster?.contentType)).toEqual(['image/jpeg', undefined, undefined]);
});

test('one that fails keeps its file, does not hold up the next, and goes under its id when it is tried again', async () => {
  const { model, uploads, shown } = scene();
  model.send('d-1', 'the sea', picture('one'));
  model.send('d-1', '', picture('two'));
  await settle();
  uploads[0]?.end.reject(new LapseError('NOT_CONNECTED', 'not connected', true));
  await settle();
  expect(shown()).toEqual([
    ['one', 'failed', undefined],
    ['two', 'sending', 0],
  ]);
  uploads[1]?.end.resolve(sent);
  const [failed] = model.of('d-1');
  expect(failed).toMatchObject({ retryable: true, reason: expect.stringContaining('try again') });
  model.retry(failed!.id);
  await settle();
  expect(uploads[2]).toMatchObject({ name: 'one', options: { id: failed!.id, caption: 'the sea' } });
});

test('an upload can be called off until it is there, and is not sent then', async () => {
  const { model, uploads, shown } = scene();
  model.send('d-1', '', picture('one'));
  model.send('d-1', '', picture('two'));
  await settle();
  const [one, two] = model.of('d-1');
  expect(model.discard(two!.id)?.attachment?.name).toBe('two');
  expect(model.discard(one!.id)?.attachment?.name).toBe('one');
  expect(uploads[0]?.options.signal.aborted).toBe(true);
  // An answer that was on its way meanwhile.
  uploads[0]?.options.onPart(0, 1);
  await settle();
  expect(uploads).toHaveLength(1);
  expect(shown()).toEqual([]);

  model.send('d-1', '', picture('three'));
  await settle();
  uploads[1]?.options.onPart(1, 1);
  expect(model.discard(model.of('d-1')[0]!.id)).toBeUndefined();
});

test('signing out calls off what is being uploaded', async () => {
  const { model, uploads, shown } = scene();
  model.send('d-1', '', picture('one'));
  await settle();
  model.stop();
  expect(uploads[0]?.options.signal.aborted).toBe(true);
  expect(shown()).toEqual([]);
});

test('a file that has gone from the disk meanwhile is said to be unreadable', async () => {
  const { model } = scene();
  const file = Object.assign(new Blob(), {
    arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')),
  });
  model.send('d-1', '', { ...picture('one'), file });
  await settle();
  expect(model.of('d-1')).toMatchObject([
    {
      status: 'failed',
      retryable: false,
      reason: 'The file cannot be read any more. Please choose it again.',
    },
  ]);
});
