import { takesMedia } from '../../../../../client/media/media-refusal.ts';
import { chooseFiles } from '../../../../../client/web/model/media/choose-files.ts';
import type { HelloResult } from '../../../../../shared/protocol/session/table.ts';
import { limits } from '../../../support/limits.ts';

const hello = (messages: HelloResult['retention']['messages']): HelloResult => ({
  userId: 'alice',
  consent: { state: 'granted', policyVersion: '1' },
  retention: { messages, profiles: { stored: true, seconds: 1 } },
  limits: { ...limits, fileBytes: 10 },
});
const stored = hello({ stored: true, seconds: 1 });
const file = (name: string, bytes: readonly number[], type = '') =>
  new File([Uint8Array.from(bytes)], name, { type });
const letters = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

test.each([
  ['an.avif', [0, 0, 0, 28, ...letters('ftypavif')], '', 'image', 'image/avif'],
  ['an.heic', [0, 0, 0, 24, ...letters('ftypheic')], '', 'image', 'image/heic'],
  ['webp.jpg', letters('RIFF1234WEBP'), 'image/jpeg', 'image', 'image/webp'],
  ['tune.mp3', [1], 'audio/mpeg', 'audio', 'audio/mpeg'],
  ['tune.mid', [1], 'audio/midi', 'file', 'audio/midi'],
  ['page.svg', letters('<svg>'), 'image/svg+xml', 'file', 'image/svg+xml'],
  ['note.txt', [1], 'text/plain;charset=utf-8', 'file', 'text/plain'],
  ['odd', [1], 'not a type', 'file', 'application/octet-stream'],
])('%s is told by its bytes first, then by its type', async (name, bytes, type, kind, contentType) => {
  const { attachments } = await chooseFiles([file(name, bytes, type)], stored);
  expect(attachments).toMatchObject([{ name, kind, contentType, bytes: bytes.length }]);
});

test('what cannot be sent is named with its reason, and what can is kept', async () => {
  const folder = Object.assign(file('folder', [1]), {
    slice: () => ({ arrayBuffer: () => Promise.reject(new Error()) }),
  });
  const files = [file('empty', []), file('good', [1]), file('big', Array(11).fill(0)), folder];
  const { attachments, complaint } = await chooseFiles(files, stored);
  expect(attachments.map(({ name }) => name)).toEqual(['good']);
  expect(complaint).toBe(
    'empty is empty. big is too large: a file may have at most 10 bytes. folder cannot be read: folders cannot be sent.',
  );
});

test('where messages are not stored files are refused with the reason, unless they are handed over', async () => {
  const passing = hello({ stored: false, seconds: 0 });
  expect(takesMedia(passing)).toBe(false);
  const { attachments, complaint } = await chooseFiles([file('good', [1])], passing);
  expect(attachments).toEqual([]);
  expect(complaint).toMatch(/not stored here/);
  const handed = hello({ stored: false, seconds: 0, handoverSeconds: 300 });
  expect((await chooseFiles([file('good', [1])], handed)).attachments).toHaveLength(1);
});
