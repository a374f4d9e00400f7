import { mediaKind } from '../../../client/media/media-kind.ts';
import { beginUpload } from '../../../shared/media/begin-upload.ts';
import { fileType } from '../../../shared/media/processing/file/file-type.ts';
import { keptType } from '../../../shared/media/processing/file/kept-type.ts';
import { uploadFrame } from '../../../shared/protocol/media/frames.ts';
import { mediaWorld } from '../../support/media-world.ts';
import { conversationId, messageWorld } from '../../support/message-world.ts';
import { direct } from '../../support/step.ts';

const anything = 'application/octet-stream';
const words = [
  'application/4111111111111111',
  'meet-me/at-nine-under-the-bridge',
  'image/jpeg.of.alice',
  'application/zip-call-me-at-nine',
];
const frame = (contentType: string) => ({
  ...{ action: 'upload', id: 'u1', conversationId, kind: 'file', contentType, bytes: 7 },
  sha256: `${'A'.repeat(43)}=`,
});

test.each(words)(
  '%s is in the form of a media type, and is not kept: neither in the record nor in what is signed',
  async (contentType) => {
    const media = mediaWorld(messageWorld());
    const signed: string[] = [];
    const deps = media.deps(direct, () => 1_000_000);
    const urls: typeof deps.urls = {
      put: async (upload, ...rest) => {
        signed.push(upload.contentType);
        return deps.urls.put(upload, ...rest);
      },
    };
    await beginUpload({ ...deps, urls }, 'alice', uploadFrame.parse(frame(contentType)));
    expect([...media.records.values()].map((record) => record.contentType)).toEqual([anything]);
    expect(signed).toEqual([anything]);
  },
);

test.each([
  ...['image/jpeg', 'image/pjpeg', 'audio/vnd.wave', 'video/quicktime', 'application/pdf', 'text/plain'],
  ...['application/x-zip-compressed', 'application/epub+zip', 'application/vnd.ms-excel', anything],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.oasis.opendocument.text',
])('%s, which devices call their files, is kept', (contentType) => {
  expect(keptType(contentType)).toBe(contentType);
});

test('every picture, sound and film that the clients send as such is kept under its name', () => {
  const names = ['image/heif', 'audio/x-m4a', 'audio/opus', 'video/x-matroska', 'audio/matroska'];
  for (const name of names) expect([mediaKind(name), keptType(name)]).not.toContain('file');
  for (const name of names) expect(keptType(name)).toBe(name);
});

test('an archive leaves under no words that only have an archive’s name in them', () => {
  expect(fileType('application/epub+zip', 'application/zip')).toBe('application/epub+zip');
  expect(fileType('application/zip-call-me-at-nine', 'application/zip')).toBe('application/zip');
  expect(fileType('application/vnd.ms-at-nine', 'application/x-cfb')).toBe('application/x-cfb');
});

test.each([
  ['audio/webm;codecs=opus', 'audio/webm'],
  ['audio/webm; codecs="opus"', 'audio/webm'],
  ['Audio/WebM', 'audio/webm'],
  ['text/plain; charset=utf-8', 'text/plain'],
  ['application/vnd.ms-excel.sheet.macroEnabled.12', 'application/vnd.ms-excel.sheet.macroenabled.12'],
  ['application/x-nobody-knows_it', anything],
])('%s is taken in any spelling, as %s', async (contentType, kept) => {
  const media = mediaWorld(messageWorld());
  await beginUpload(
    media.deps(direct, () => 1_000_000),
    'alice',
    uploadFrame.parse(frame(contentType)),
  );
  expect([...media.records.values()].map((record) => record.contentType)).toEqual([kept]);
});

test.each(['text', 'text/', '/plain', 'text/plain\n', 'text/a b', `text/${'a'.repeat(64)}`])(
  'what is no media type is refused at once: %j',
  (contentType) => {
    expect(uploadFrame.safeParse(frame(contentType)).success).toBe(false);
  },
);
