import type { IncomingMessage } from 'node:http';

/** `undefined` when the body is longer than the limit. */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limitBytes) chunks.push(chunk);
    });
    request.on('end', () => resolve(bytes > limitBytes ? undefined : Buffer.concat(chunks)));
    request.on('error', reject);
  });
}
