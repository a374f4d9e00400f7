import { pipeline } from 'node:stream/promises';
import type { ExportFileStore, Upload, UploadedPart } from '../stores/privacy/export-file-store.ts';
import { type ZipArchive, zipArchive } from './zip-archive.ts';

export type UploadZipDeps = {
  readonly files: Pick<ExportFileStore, 'addPart' | 'complete' | 'abort'>;
  /** Held in memory; at least 5 MiB. */
  readonly partBytes: number;
};

/** Uploads the zip while `write` writes it. When either fails nothing of it is left. */
export async function uploadZip<Result>(
  { files, partBytes }: UploadZipDeps,
  upload: Upload,
  modifiedAt: Date,
  write: (zip: ZipArchive) => Promise<Result>,
): Promise<Result> {
  const failure = new AbortController();
  const stopBoth = (error: unknown): never => {
    failure.abort(error);
    throw error;
  };
  const zip = zipArchive(modifiedAt, failure.signal);
  const parts: UploadedPart[] = [];
  const send = async (bytes: AsyncIterable<Buffer>) => {
    for await (const data of inParts(bytes, partBytes)) {
      parts.push(await files.addPart(upload, parts.length + 1, data));
    }
  };
  const written = async () => {
    const result = await write(zip);
    zip.end();
    return result;
  };
  try {
    const [result] = await Promise.all([
      written().catch(stopBoth),
      pipeline(zip.bytes, send, { signal: failure.signal }).catch(stopBoth),
    ]);
    await files.complete(upload, parts);
    return result;
  } catch (error) {
    await files.abort(upload);
    throw error;
  }
}

async function* inParts(bytes: AsyncIterable<Buffer>, size: number): AsyncIterable<Buffer> {
  let chunks: Buffer[] = [];
  let held = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    held += chunk.length;
    if (held < size) continue;
    yield Buffer.concat(chunks);
    chunks = [];
    held = 0;
  }
  if (held > 0) yield Buffer.concat(chunks);
}
