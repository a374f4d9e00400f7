import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { S3Request } from '../aws/signed-request.ts';
import type { ObjectTags } from './object-tags.ts';
import { needsParts, putInParts } from './put-in-parts.ts';
import { conditionalConflict, preconditionFailed, refused, type S3Reply } from './s3-refusal.ts';
import type { StorageClient } from './storage-client.ts';

export type ObjectRequest = S3Request & { readonly body: Uint8Array };

/** Either an answer of ours or the engine's own, to be passed on. */
export type ObjectAnswer = S3Reply | IncomingMessage;

/** What S3 does and the engine does not: conditional writes, tags, large bodies; the rest is the engine's. */
export function objectServer(store: StorageClient, tags: ObjectTags) {
  /** Paths that a conditional write is being made to. */
  const contended = new Set<string>();

  const exists = async (path: string): Promise<boolean> => {
    const answer = await store('HEAD', path);
    answer.resume();
    return answer.statusCode === 200;
  };

  async function put(path: string, request: ObjectRequest): Promise<ObjectAnswer> {
    const { headers } = request;
    const tagging = headers['x-amz-tagging'];
    const once = headers['if-none-match'] === '*';
    if (once && contended.has(path)) return refused(conditionalConflict);
    if (once) contended.add(path);
    try {
      if (once && (await exists(path))) return refused(preconditionFailed);
      const answer = await write(path, request);
      tags.note(path, typeof tagging === 'string' ? tagging : undefined);
      return answer;
    } finally {
      if (once) contended.delete(path);
    }
  }

  async function write(path: string, { url, headers, body }: ObjectRequest): Promise<ObjectAnswer> {
    const sent = forwarded(headers, body);
    if (!needsParts(body)) return store('PUT', url, sent, body);
    await putInParts(store, path, sent, body);
    return { status: 200, xml: '' };
  }

  return async (request: ObjectRequest): Promise<ObjectAnswer> => {
    const { method, url, headers, body } = request;
    const [path = '/', query = ''] = url.split('?');
    const parameters = new URLSearchParams(query);
    if (parameters.has('tagging')) return tags.answer(method, path, body, await exists(path));
    const isObject = path.split('/').length > 2 && !path.endsWith('/');
    if (method === 'PUT' && isObject && !parameters.has('uploadId')) return put(path, request);
    if (method === 'DELETE') tags.note(path, undefined);
    return store(method, url, forwarded(headers, body), body);
  };
}

/** The body was read whole, so it goes on with its length instead of in chunks. */
function forwarded(headers: IncomingHttpHeaders, body: Uint8Array) {
  const { 'transfer-encoding': _chunked, connection: _connection, expect: _expect, ...kept } = headers;
  return { ...kept, 'content-length': body.length };
}
