import { fixture, marker } from '../../../support/media/fixture.ts';
import { silenceThenSound, wav } from '../../../support/media/made-wav.ts';
import { packetsOf } from '../../../support/media/packets.ts';
import { mismatch, processed } from '../../../support/media/process.ts';
import { riffChunk } from '../../../support/media/with-metadata.ts';

const recordings = [
  ['tone.mp3', 'audio', 'audio/mpeg', true],
  ['tone.ogg', 'audio', 'audio/ogg', true],
  ['vorbis.ogg', 'audio', 'audio/ogg', false],
  ['tone.flac', 'audio', 'audio/flac', false],
  ['tone.m4a', 'audio', 'audio/mp4', false],
  ['tone.aac', 'audio', 'audio/aac', false],
  ['tone.webm', 'audio', 'audio/webm', true],
  ['film.mp4', 'video', 'video/mp4', false],
  ['film.mov', 'video', 'video/quicktime', false],
  ['film.webm', 'video', 'video/webm', false],
  ['film.mkv', 'video', 'video/matroska', false],
] as const;

describe.each(recordings)('%s', (name, kind, contentType, hasWaveform) => {
  test('what its recorder wrote into it is gone, every packet is as it was', async () => {
    const source = fixture(name);
    expect(source.includes(marker)).toBe(name !== 'tone.aac'); // ADTS has no place for it
    const { bytes } = await processed(source, kind, contentType);
    expect(Buffer.from(bytes).includes(marker)).toBe(false);
    expect(Buffer.from(bytes).includes('+52.5200')).toBe(false);
    expect(await packetsOf(bytes)).toEqual(await packetsOf(source));
  });

  test('bytes in equal bytes out where nothing had to be removed', async () => {
    const { bytes: clean } = await processed(fixture(name), kind, contentType);
    const { bytes } = await processed(clean, kind, contentType);
    expect(Buffer.from(bytes).equals(Buffer.from(clean))).toBe(true);
  });

  test('a second of it is told as such', async () => {
    const { bytes, facts, derivatives } = await processed(fixture(name), kind, contentType);
    expect(facts).toMatchObject({ contentType, bytes: bytes.length });
    expect(Math.abs((facts.durationMs ?? 0) - 1_000)).toBeLessThan(100);
    expect([facts.width, facts.height]).toEqual(kind === 'video' ? [64, 48] : [undefined, undefined]);
    expect(facts.waveform?.length).toBe(hasWaveform ? 64 : undefined);
    expect(derivatives).toEqual([]);
  });

  test('longer than allowed it is refused', async () => {
    const limits = { pixels: 64 * 48, durationMs: 900 };
    await expect(processed(fixture(name), kind, contentType, limits)).rejects.toEqual(mismatch);
  });
});

test('the empty list of tags that FFmpeg writes into every film is left as it is', async () => {
  const { bytes: clean } = await processed(fixture('film.mp4'), 'video', 'video/mp4');
  const plain = Buffer.from(clean);
  const list = Buffer.from(
    '0000003d75647461000000356d657461000000000000002168646c7200000000000000006d6469726170706c00000000000000000000000008696c7374',
    'hex',
  );
  const freed = plain.indexOf('free', plain.indexOf('stsd')) - 4;
  expect(plain.readUInt32BE(freed)).toBeGreaterThanOrEqual(list.length + 8);
  plain.writeUInt32BE(plain.readUInt32BE(freed) - list.length, freed + list.length);
  plain.write('free', freed + list.length + 4, 'latin1');
  list.copy(plain, freed);
  const { bytes } = await processed(plain, 'video', 'video/mp4');
  expect(Buffer.from(bytes).equals(plain)).toBe(true);
});

test('the waveform of a WAV shows where it is loud', async () => {
  const { facts } = await processed(wav(silenceThenSound), 'audio', 'audio/wav');
  expect(facts.durationMs).toBe(2_000);
  expect(facts.waveform).toEqual([...Array(32).fill(0), ...Array(32).fill(100)]);
});

test('a WAV loses its notes and keeps its samples', async () => {
  const plain = wav(silenceThenSound);
  const note = Buffer.from(`INFOICMT\0\0\0\0${marker}`, 'latin1');
  const personal = wav(
    silenceThenSound,
    riffChunk('LIST', note),
    riffChunk('id3 ', note),
    riffChunk('bext', note),
  );
  const { bytes } = await processed(personal, 'audio', 'audio/wav');
  expect(Buffer.from(bytes).equals(plain)).toBe(true);
});

test('a MOV does not tell when it was recorded', async () => {
  const created = (film: Buffer): number => film.readUInt32BE(film.indexOf('mvhd') + 8);
  expect(created(fixture('film.mov'))).toBeGreaterThan(0);
  expect(created(Buffer.from((await processed(fixture('film.mov'), 'video', 'video/quicktime')).bytes))).toBe(
    0,
  );
});

test('a track of a sensor is freed, and its samples are zeros', async () => {
  const film = fixture('film.mp4');
  const sound = (await packetsOf(film))
    .filter((packet) => packet.startsWith('audio'))
    .map((packet) => packet.slice(6));
  const measured = Buffer.from(film);
  measured.write('meta', measured.indexOf('soun'), 'latin1');
  const { bytes } = await processed(measured, 'video', 'video/mp4');
  const clean = Buffer.from(bytes);
  expect(sound.filter((packet) => packet.length > 16 && clean.includes(packet, 'hex'))).toEqual([]);
  const seen = (await packetsOf(film)).filter((packet) => packet.startsWith('video'));
  expect(await packetsOf(bytes)).toEqual(seen);
});
