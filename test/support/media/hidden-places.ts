import { marker } from './fixture.ts';
import { pngChunk } from './made-files.ts';
import { riffChunk } from './with-metadata.ts';

const note = Buffer.from(`${marker} note`, 'latin1');
const isPair = note.length % 2 === 0;

export const box = (type: string, ...body: readonly Buffer[]): Buffer => {
  const whole = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), ...body]);
  whole.writeUInt32BE(whole.length, 0);
  return whole;
};

/** The file with one more box at the end of the box at that path, whose lengths are mended. */
export function withBox(bytes: Buffer, path: readonly string[], added: Buffer): Buffer {
  let [from, to] = [0, bytes.length];
  const headers: number[] = [];
  for (const type of path) {
    let at = from;
    while (at + 8 <= to && bytes.toString('latin1', at + 4, at + 8) !== type) at += bytes.readUInt32BE(at);
    headers.push(at);
    [from, to] = [at + 8, at + bytes.readUInt32BE(at)];
    if (type === 'meta' && path.length === 1) from += 4;
  }
  const file = Buffer.concat([bytes.subarray(0, to), added, bytes.subarray(to)]);
  for (const at of headers) file.writeUInt32BE(file.readUInt32BE(at) + added.length, at);
  return file;
}

const isoPaths = [[], ['moov'], ['moov', 'trak'], ['moov', 'trak', 'mdia'], ['moov', 'trak', 'mdia', 'minf']];
const isoTypes = ['uuid', 'udta', 'meta', 'free', 'skip', 'mpvd', 'sefd', 'wxyz', '\u00a9xyz'];

type Hide = (bytes: Buffer) => Buffer;
type Places = Readonly<Record<string, Hide>>;

const behind: Places = {
  'behind it': (bytes) => Buffer.concat([bytes, note]),
};
const everyOf = <T>(values: readonly T[], name: (value: T) => string, hide: (value: T) => Hide): Places =>
  Object.fromEntries(values.map((value) => [name(value), hide(value)] as const));

const film: Places = {
  ...behind,
  ...Object.assign(
    {},
    ...isoPaths.map((path) =>
      everyOf(
        isoTypes,
        (type) => `a box ${[...path, type].join('/')}`,
        (type) => (bytes) => withBox(bytes, path, box(type, note)),
      ),
    ),
  ),
  'an item of the samples that none points to': (bytes) => withBox(bytes, ['mdat'], note),
  'a second film behind it': (bytes) =>
    Buffer.concat([bytes, box('ftyp', Buffer.from('isom')), box('mdat', note)]),
};

const picture: Places = {
  ...behind,
  ...everyOf(
    isoTypes,
    (type) => `a box ${type}`,
    (type) => (bytes) => withBox(bytes, [], box(type, note)),
  ),
  ...everyOf(
    ['xml ', 'udta', 'wxyz'],
    (type) => `a box meta/${type}`,
    (type) => (bytes) => Buffer.concat([bytes.subarray(0, 0), bytes, box('free', Buffer.from(type), note)]),
  ),
  'an item of the data that none points to': (bytes) => withBox(bytes, ['mdat'], note),
};

const segment = (type: number, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, type, 0, body.length + 2]), body]);
const jpeg: Places = {
  ...behind,
  ...everyOf(
    [...Array.from({ length: 16 }, (_, index) => 0xe0 + index), 0xfe],
    (type) => `a segment ${type.toString(16)}`,
    (type) => (bytes) => Buffer.concat([bytes.subarray(0, 2), segment(type, note), bytes.subarray(2)]),
  ),
  'a list of pictures (MPF)': (bytes) =>
    Buffer.concat([
      bytes.subarray(0, 2),
      segment(0xe2, Buffer.concat([Buffer.from('MPF\0'), note])),
      bytes.subarray(2),
    ]),
  'a second picture behind it': (bytes) => Buffer.concat([bytes, segment(0xfe, note), bytes]),
};

const png: Places = {
  ...behind,
  ...everyOf(
    ['tEXt', 'zTXt', 'iTXt', 'tIME', 'eXIf', 'iDOT', 'caBX', 'vpAg', 'gmAP'],
    (type) => `a chunk ${type}`,
    (type) => (bytes) => Buffer.concat([bytes.subarray(0, 33), pngChunk(type, note), bytes.subarray(33)]),
  ),
};

const riff = (types: readonly string[]): Places => ({
  ...behind,
  ...everyOf(
    types,
    (type) => `a chunk ${type}`,
    (type) => (bytes) => {
      const file = Buffer.concat([bytes, riffChunk(type, note)]);
      if (file.readUInt32LE(4) !== 0xffff_ffff) file.writeUInt32LE(file.length - 8, 4);
      return file;
    },
  ),
});

const ape = (): Buffer => {
  const footer = Buffer.alloc(32);
  footer.write('APETAGEX', 'latin1');
  footer.writeUInt32LE(2_000, 8);
  footer.writeUInt32LE(note.length + 32, 12);
  return Buffer.concat([note, footer]);
};
const lyrics = `LYRICSBEGIN${note.toString('latin1')}`;
const frames: Places = {
  ...behind,
  'ID3 version 2 before it': (bytes) =>
    Buffer.concat([Buffer.from('ID3\u0004\0\0\0\0\0', 'latin1'), Buffer.from([note.length]), note, bytes]),
  'ID3 version 1': (bytes) => Buffer.concat([bytes, Buffer.from(`TAG${marker}`.padEnd(128, '\0'))]),
  'an APE tag': (bytes) => Buffer.concat([bytes, ape()]),
  'Lyrics3 version 1': (bytes) => Buffer.concat([bytes, Buffer.from(`${lyrics}LYRICSEND`)]),
  'Lyrics3 version 2': (bytes) =>
    Buffer.concat([bytes, Buffer.from(`${lyrics}${String(lyrics.length).padStart(6, '0')}LYRICS200`)]),
  'Lyrics3 before ID3': (bytes) =>
    Buffer.concat([bytes, Buffer.from(`${lyrics}LYRICSEND`), Buffer.from(`TAG${marker}`.padEnd(128, '\0'))]),
};

const aiff: Places = everyOf(
  ['NAME', 'AUTH', '(c) ', 'ANNO', 'ID3 ', 'APPL', 'COMT', 'wxyz'],
  (type) => `a chunk ${type}`,
  (type) => (bytes) => {
    const chunk = Buffer.concat([box(type, note), Buffer.alloc(isPair ? 0 : 1)]);
    chunk.writeUInt32BE(note.length, 0);
    const turned = Buffer.concat([chunk.subarray(4, 8), chunk.subarray(0, 4), chunk.subarray(8)]);
    const file = Buffer.concat([bytes, turned]);
    file.writeUInt32BE(file.length - 8, 4);
    return file;
  },
);

/** Where programs and people hide something in a format, and how. */
export const hiddenPlaces: Readonly<Record<string, Places>> = {
  'film.mp4': film,
  'film.mov': film,
  'film.3gp': film,
  'tone.m4a': film,
  'picture.heic': picture,
  'picture.avif': picture,
  'picture.jxl': { 'a box at its end': (bytes) => Buffer.concat([bytes, box('Exif', note)]) },
  jpeg,
  png,
  gif: behind,
  webp: riff(['EXIF', 'XMP ', 'wxyz']),
  'rf64.wav': riff(['LIST', 'id3 ', 'bext', 'iXML', 'cart', 'wxyz']),
  'film.avi': riff(['LIST', 'IDIT', 'exif', 'wxyz']),
  'tone.aiff': { ...behind, ...aiff },
  'tone.mp3': frames,
  'tone.aac': frames,
  'tone.flac': { ...frames, 'behind it': frames['ID3 version 1'] ?? ((bytes) => bytes) },
  'tone.ogg': behind,
  'vorbis.ogg': behind,
  'flac.ogg': behind,
  'film.ogv': behind,
  'speex.ogg': behind,
  'film.webm': behind,
  'film.mkv': behind,
  'subtitled.mkv': behind,
  'subtitled.mp4': film,
  'fragmented.mp4': behind,
  'film.m2ts': behind,
  'tagged.tiff': behind,
};
