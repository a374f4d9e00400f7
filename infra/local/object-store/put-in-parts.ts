import type { OutgoingHttpHeaders } from 'node:http';
import { type StorageClient, succeeded } from './storage-client.ts';

/** The engine takes no body beyond 11 MiB. */
const partBytes = 8 * 1024 * 1024;

export const needsParts = (body: Uint8Array): boolean => body.length > partBytes;

/** Hands a large object to the engine in parts. */
export async function putInParts(
  store: StorageClient,
  path: string,
  headers: OutgoingHttpHeaders,
  body: Uint8Array,
): Promise<void> {
  const started = await succeeded(
    await store('POST', `${path}?uploads`, { ...headers, 'content-length': 0 }),
  );
  const uploadId = /<UploadId>([^<]+)</.exec(started)?.[1] ?? '';
  const tags: string[] = [];
  for (let from = 0; from < body.length; from += partBytes) {
    const part = body.subarray(from, from + partBytes);
    const query = `partNumber=${tags.length + 1}&uploadId=${encodeURIComponent(uploadId)}`;
    const answer = await store('PUT', `${path}?${query}`, { 'content-length': part.length }, part);
    await succeeded(answer);
    tags.push(String(answer.headers.etag));
  }
  const listed = tags.map(
    (tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${tag}</ETag></Part>`,
  );
  const list = Buffer.from(`<CompleteMultipartUpload>${listed.join('')}</CompleteMultipartUpload>`);
  await succeeded(
    await store(
      'POST',
      `${path}?uploadId=${encodeURIComponent(uploadId)}`,
      { 'content-type': 'application/xml', 'content-length': list.length },
      list,
    ),
  );
}
