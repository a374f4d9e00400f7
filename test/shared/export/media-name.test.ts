import { mediaName } from '../../../shared/export/media-name.ts';
import { cleanFileName } from '../../../shared/protocol/media/file-name.ts';

const media = (contentType: string, name?: string): any => ({
  type: 'file',
  mediaId: 'm',
  media: { contentType },
  ...(name !== undefined && { name }),
});

test.each([
  [media('image/jpeg'), '13.jpg'],
  [media('audio/webm; codecs=opus'), '13.webm'],
  [media('image/jpeg', 'report.exe'), '13.jpg'],
  [media('application/zip', 'Alles.ZIP'), '13.zip'],
  [media('application/octet-stream', 'report.'), '13.bin'],
  [media('application/octet-stream', 'con.txt:evil'), '13.txtevil'],
  [media('application/octet-stream', 'a.<b>'), '13.b'],
  [media('application/octet-stream', '..'), '13.bin'],
  [media('application/octet-stream'), '13.bin'],
])('%j is %s, which every system takes', (content, name) => {
  expect(mediaName(13, content)).toBe(name);
  expect(cleanFileName(name)).toBe(name);
});
