import { riffChunk } from './with-metadata.ts';

const sampleRate = 8_000;

/** 16-bit mono PCM of these samples, between -1 and 1, and of whatever chunks come after them. */
export function wav(samples: readonly number[], ...extra: readonly Buffer[]): Buffer {
  const data = Buffer.alloc(samples.length * 2);
  for (const [index, sample] of samples.entries()) data.writeInt16LE(Math.round(sample * 0x7fff), index * 2);
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE(sampleRate * 2, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  const body = Buffer.concat([riffChunk('fmt ', format), riffChunk('data', data), ...extra]);
  const header = Buffer.from('RIFF\0\0\0\0WAVE', 'latin1');
  header.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([header, body]);
}

/** A second of silence, then a second at full height. */
export const silenceThenSound: readonly number[] = Array.from({ length: 2 * sampleRate }, (_, at) =>
  at < sampleRate ? 0 : at % 2 === 0 ? 1 : -1,
);
