import { mediaKind } from '../../../../client/media/media-kind.ts';
import { fixture } from '../../../support/media/fixture.ts';
import { packetsOf } from '../../../support/media/packets.ts';
import { processed } from '../../../support/media/process.ts';

const anything = 'application/octet-stream';
const caseFile = (name: string): Buffer => fixture(`cases/${name}`);
const canaries = /LEAK|\+37\.|\+52\.|Lavf.{0,4}title/;
const leaks = (bytes: Uint8Array): boolean => canaries.test(Buffer.from(bytes).toString('latin1'));

test.each(['image', 'file'] as const)(
  'of a HEIC with a film behind its picture, sent as %s, the picture alone arrives',
  async (kind) => {
    const source = caseFile('motion-mpvd.heic');
    expect(leaks(source)).toBe(true);
    const { bytes, facts } = await processed(source, kind, 'image/heic');
    expect(leaks(bytes)).toBe(false);
    expect(Buffer.from(bytes).includes('moov')).toBe(false);
    expect(facts).toMatchObject({ contentType: 'image/heic' });
    if (kind === 'image') expect(facts).toMatchObject({ width: 400, height: 500 });
  },
);

test.each([
  ['video', 'video/mp4'],
  ['video', 'video/3gpp'],
  ['file', 'video/3gpp'],
  ['file', anything],
] as const)('a film of the brand 3gp4, sent as %s called %s, is cleaned as any MP4', async (kind, name) => {
  const source = caseFile('galaxy-3gp4.mp4');
  expect(leaks(source)).toBe(true);
  const { bytes, facts } = await processed(source, kind, name);
  expect(leaks(bytes)).toBe(false);
  expect(facts.contentType).toBe('video/mp4');
  expect(await packetsOf(bytes)).toEqual(await packetsOf(source));
});

test.each(['video', 'file'] as const)(
  'a drone’s places in a track of subtitles do not arrive: %s',
  async (kind) => {
    const source = caseFile('drone.mp4');
    expect(leaks(source)).toBe(true);
    const { bytes } = await processed(source, kind, 'video/mp4');
    expect(leaks(bytes)).toBe(false);
    expect(Buffer.from(bytes).includes('tx3g')).toBe(false);
    expect(await packetsOf(bytes)).toEqual(await packetsOf(source));
  },
);

test.each([
  ['clip.avi', 'video/x-msvideo', 'video/vnd.avi'],
  ['clip.avi', 'video/avi', 'video/vnd.avi'],
  ['clip.avi', 'VIDEO/AVI; x=1', 'video/vnd.avi'],
  ['clip.avi', 'application/x-troff-msvideo', 'video/vnd.avi'],
  ['report.hwp', 'application/x-hwp', 'application/x-hwp'],
  ['report.hwp', 'application/haansofthwp', 'application/haansofthwp'],
  ['report.hwp', 'application/x-nobody-knows', 'application/x-cfb'],
  ['index.ts.txt', 'video/mp2t', anything],
  ['index.ts.txt', 'video/vnd.dlna.mpeg-tts', anything],
])('%s called %s is sent, as %s', async (name, declared, contentType) => {
  expect(mediaKind(declared)).toBe('file');
  const { facts } = await processed(caseFile(name), 'file', declared);
  expect(facts.contentType).toBe(contentType);
});

test.each(['audio/webm;codecs=opus', 'Audio/WebM', 'audio/webm; codecs="opus"'])(
  'what a browser has recorded is sound under the name %s',
  async (name) => {
    expect(mediaKind(name)).toBe('audio');
    const { facts } = await processed(caseFile('recorded.webm'), 'audio', name);
    expect(facts).toMatchObject({ contentType: 'audio/webm', durationMs: expect.any(Number) });
  },
);
