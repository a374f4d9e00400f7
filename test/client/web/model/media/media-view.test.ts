import {
  type MediaView,
  mediaOf,
  mediaSize,
  mediaTitle,
  mediaType,
  preview,
} from '../../../../../client/web/model/media/media-view.ts';
import { pictureFrame } from '../../../../../client/web/model/media/picture-frame.ts';
import { waveformPath } from '../../../../../client/web/model/media/waveform-path.ts';

const view = (more: object = {}): MediaView => ({
  type: 'video',
  facts: { contentType: 'video/quicktime', bytes: 2_345_678 },
  ...more,
});

test('media is called by its caption, else its name, else what it is', () => {
  expect(mediaTitle(view({ name: 'a.mov', caption: 'us' }))).toBe('us');
  expect(mediaTitle(view({ name: 'a.mov' }))).toBe('a.mov');
  expect(mediaTitle(view())).toBe('video');
  expect(mediaSize(view())).toBe('2.3 MB');
  expect(mediaSize(view({ facts: { contentType: '', bytes: 10, durationMs: 65_000 } }))).toBe(
    '1:05 · 10 bytes',
  );
});

test('a file’s type is the end of its name, else its content type', () => {
  expect(mediaType(view({ name: 'plan.final.pdf' }))).toBe('PDF');
  expect(mediaType(view({ name: 'no end of it. Really not' }))).toBe('QUICKTIME');
  expect(mediaType(view({ facts: { contentType: 'application/octet-stream', bytes: 1 } }))).toBe('File');
});

test('a message of media shows where it is to be had, and reads as one line elsewhere', () => {
  const content = {
    type: 'image',
    mediaId: 'x',
    name: 'sea.jpg',
    media: { contentType: 'image/jpeg', bytes: 1 },
  } as const;
  const message = { conversationId: 'd-1', seq: 4, id: 'm', from: 'bob', sentAt: 0, expiresAt: 1, content };
  expect(mediaOf(message)).toMatchObject({ place: { conversationId: 'd-1', seq: 4 }, name: 'sea.jpg' });
  expect(preview(content)).toBe('Picture: sea.jpg');
  expect(preview({ ...content, caption: 'the sea' })).toBe('Picture: the sea');
  expect(preview({ type: 'text', text: 'hello' })).toBe('hello');
});

test.each([
  [1600, 1200, 320, 4 / 3],
  [900, 1600, 180, 9 / 16],
  [4000, 200, 320, 2.5],
  [100, 4000, 120, 0.5],
  [16, 16, 120, 1],
  [200, 150, 200, 4 / 3],
])('a picture of %i × %i gets %i pixels across at %d', (width, height, across, ratio) => {
  expect(pictureFrame({ width, height })).toEqual({ width: across, ratio });
});

test('a waveform has a bar for each peak, in the middle, and silence is a dot', () => {
  expect(waveformPath([0, 100, 150])).toEqual({
    width: 12,
    height: 32,
    d: 'M2 15.9v0.1M6 2.0v28.0M10 2.0v28.0',
  });
});
