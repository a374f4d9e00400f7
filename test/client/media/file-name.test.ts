import * as fc from 'fast-check';
import { savedName, sentName, withExtension } from '../../../client/media/file-name.ts';
import { sendFrame } from '../../../shared/protocol/messages/frames.ts';

test('whatever a file is called, the server takes the name that is sent', async () => {
  await fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
      const content = { type: 'file', mediaId: 'x'.repeat(24), name: sentName(name) };
      const frame = { action: 'send', id: '1', conversationId: `d-${'x'.repeat(22)}`, content };
      expect(sendFrame.safeParse(frame).success).toBe(true);
    }),
  );
});

test('whatever a file is called, it is kept under one visible name that no system takes for something else', async () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '..',
      '/',
      '\\',
      '-rf',
      'NUL',
      'com1.',
      ':',
      '\u202e',
      '\u0000',
      ' ',
      '한',
      'e\u0301',
      '.jpg',
    ),
  );
  const names = fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join(''));
  await fc.assert(
    fc.property(
      names,
      fc.constantFrom('image/png', 'image/../../x', '../..', 'application/octet-stream'),
      (name, contentType) => {
        const saved = savedName({ name, seq: 7, contentType });
        expect(saved).not.toMatch(/[/\\:*?"<>|\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
        expect(saved).toMatch(/^[^\s.-].*[^\s.]$|^[^\s.-]$/su);
        expect(saved).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu);
        expect(saved).toBe(saved.normalize('NFC'));
        expect(new TextEncoder().encode(saved).length).toBeLessThanOrEqual(255);
        // By the same rule on both sides.
        expect(sentName(sentName(name))).toBe(sentName(name));
      },
    ),
    { numRuns: 500 },
  );
});

test.each([
  ['sea.jpg', 'sea.jpg'],
  ['../../.ssh/authorized_keys', 'sshauthorized_keys'],
  ['a/b\\c\u202e.txt', 'abc.txt'],
  ['..', 'file'],
  ['', 'file'],
  ['-rf', 'rf'],
  ['NUL', '_NUL'],
  ['com1.txt', '_com1.txt'],
  ['C:evil.exe', 'Cevil.exe'],
  ['notes.txt. .', 'notes.txt'],
  ['cafe\u0301.png', 'caf\u00e9.png'],
  ['\u2800\u3164', 'file'],
  [`${'한'.repeat(100)}.pdf`, `${'한'.repeat(83)}.pdf`],
  [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(251)}.pdf`],
])('%j is sent as %j', (name, sent) => expect(sentName(name)).toBe(sent));

test('a name that is not cleaned by its sender is cleaned by the server; a path is refused', () => {
  const frame = (name: string) =>
    sendFrame.safeParse({
      ...{ action: 'send', id: '1', conversationId: `d-${'x'.repeat(22)}` },
      content: { type: 'file', mediaId: 'x'.repeat(24), name },
    });
  expect(frame('C:evil.exe')).toMatchObject({ data: { content: { name: 'Cevil.exe' } } });
  expect(frame('한'.repeat(200))).toMatchObject({ data: { content: { name: '한'.repeat(85) } } });
  expect(frame('a/b').success).toBe(false);
});

test.each([
  [{ name: '.profile', seq: 3, contentType: 'text/plain' }, 'profile.plain'],
  [{ seq: 46, contentType: 'image/jpeg' }, 'lapse-46.jpeg'],
  [{ name: 'sea.jpg', seq: 3, contentType: 'image/webp' }, 'sea.jpg'],
  [{ name: '...', seq: 3, contentType: 'application/octet-stream' }, 'lapse-3'],
  [{ name: '../../etc/passwd', seq: 3, contentType: 'image/png' }, 'etcpasswd.png'],
  [{ seq: 3, contentType: 'image/../../x' }, 'lapse-3'],
])('%j is saved as %s', (media, saved) => expect(savedName(media)).toBe(saved));

test('a path of one’s own is left alone but for the extension that it lacks', () => {
  expect(withExtension('../pictures/.sea', 'image/png')).toBe('../pictures/.sea.png');
  expect(withExtension('./sea.jpg', 'image/png')).toBe('./sea.jpg');
});
