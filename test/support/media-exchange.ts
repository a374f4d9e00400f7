import { createHash, randomBytes } from 'node:crypto';
import type { PutRequest } from '../../shared/protocol/media/table.ts';
import type { Frame, Person } from './chat-person.ts';

export type TestFile = {
  readonly kind: string;
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/** Nothing that anybody would look into. */
export const anyFile = (size = 1_000): TestFile => ({
  kind: 'file',
  contentType: 'application/octet-stream',
  bytes: new Uint8Array(randomBytes(size)),
});

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

export const describeFile = ({ kind, contentType, bytes }: TestFile) => ({
  kind,
  contentType,
  bytes: bytes.length,
  sha256: sha256(bytes),
});

export const put = async (
  { method, url, headers }: PutRequest,
  body: Uint8Array<ArrayBuffer>,
  change: Record<string, string> = {},
): Promise<Response> => fetch(url, { method, headers: { ...headers, ...change }, body });

/** Up to the object store; answers the id to send. */
export async function upload(person: Person, conversationId: string, file: TestFile): Promise<string> {
  const ack = await person.call('upload', { conversationId, ...describeFile(file) });
  const stored = await put(ack, file.bytes);
  if (!stored.ok) throw new Error(`${stored.status} ${await stored.text()}`);
  return ack.mediaId;
}

export async function sendFile(
  person: Person,
  conversationId: string,
  file: TestFile,
  more: object = {},
): Promise<Frame> {
  const mediaId = await upload(person, conversationId, file);
  const frame = { id: mediaId, conversationId, content: { type: file.kind, mediaId, ...more } };
  for (;;) {
    const reply = await person.call('send', frame);
    // As clients do: what takes long is done when the same send comes again.
    if (reply.error?.retryable !== true) return reply;
  }
}

export async function download(
  person: Person,
  conversationId: string,
  seq: number,
  variant?: string,
): Promise<{ readonly response: Response; readonly bytes: Buffer; readonly expiresAt: number }> {
  const { url, expiresAt } = await person.call('download', {
    conversationId,
    seq,
    ...(variant !== undefined && { variant }),
  });
  const response = await fetch(url);
  return { response, bytes: Buffer.from(await response.arrayBuffer()), expiresAt };
}

/** What the object store says of a request that it refuses. */
export const refusalOf = async (response: Response): Promise<string> =>
  `${response.status} ${/<Code>(\w+)</.exec(await response.text())?.[1]}`;
