import { riffChunks, riffFile } from './riff-chunks.ts';

/** `ds64` has the lengths of a file of more than four gigabytes, or of one that might have become so: EBU Tech 3306 (2009). */
const keptChunks = new Set(['ds64', 'fmt ', 'fact', 'data']);

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
