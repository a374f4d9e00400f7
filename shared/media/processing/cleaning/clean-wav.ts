import { riffChunks, riffFile } from './riff-chunks.ts';

const keptChunks = new Set(['fmt ', 'fact', 'data']);

/**
 * Without LIST/INFO, ID3, broadcast and iXML chunks; every sample as it was. WAVE as in IBM and Microsoft, Multimedia
 * Programming Interface and Data Specifications 1.0, August 1991.
 */
export const cleanWav = (source: Uint8Array): Uint8Array =>
  riffFile(
    source,
    riffChunks(source)
      .filter(({ type }) => keptChunks.has(type))
      .map(({ bytes }) => bytes),
  );
