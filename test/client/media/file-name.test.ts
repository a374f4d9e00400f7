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

test.each([
  ['sea.jpg', 'sea.jpg'],
  ['a/b\\c\u202e.txt', 'abc.txt'],
  ['..', 'file'],
  ['', 'file'],
  [`${'long '.repeat(60)}.pdf`, `${'long '.repeat(20)}.pdf`],
])('%j is sent as %j', (name, sent) => expect(sentName(name)).toBe(sent));

test.each([
  [{ name: '.profile', seq: 3, contentType: 'text/plain' }, 'profile.plain'],
  [{ seq: 46, contentType: 'image/jpeg' }, 'lapse-46.jpeg'],
  [{ name: 'sea.jpg', seq: 3, contentType: 'image/webp' }, 'sea.jpg'],
  [{ name: '...', seq: 3, contentType: 'application/octet-stream' }, 'lapse-3'],
])('%j is saved as %s', (media, saved) => expect(savedName(media)).toBe(saved));

test('a path of one’s own is left alone but for the extension that it lacks', () => {
  expect(withExtension('../pictures/.sea', 'image/png')).toBe('../pictures/.sea.png');
  expect(withExtension('./sea.jpg', 'image/png')).toBe('./sea.jpg');
});
