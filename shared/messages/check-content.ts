import type { Limits } from '../configuration/limits.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { Content } from '../protocol/messages/frames.ts';

/** Everything that a person has written, to be counted and looked through. */
export function textsOf(content: Content): readonly string[] {
  if (content.type === 'text') return [content.text];
  return [content.caption, content.name].filter((text) => text !== undefined);
}

/** The push that carries the content must fit one frame too: bytes as they stand in JSON, escapes included. */
export function checkContent(
  {
    content,
    mentions = [],
  }: { readonly content: Content; readonly mentions?: readonly string[] | undefined },
  limits: Pick<Limits, 'textBytes'>,
): void {
  const bytes = textsOf(content).reduce((sum, text) => sum + Buffer.byteLength(JSON.stringify(text)) - 2, 0);
  if (bytes > limits.textBytes || Buffer.byteLength(JSON.stringify(mentions)) > 4_096 - 2)
    throw new ProtocolError('TOO_LARGE');
}
