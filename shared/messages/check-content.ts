import type { Limits } from '../configuration/limits.ts';
import type { SendFrame } from '../protocol/client-frames.ts';
import { ProtocolError } from '../protocol/errors.ts';

/** The push that carries the content must fit one frame too: bytes as they stand in JSON, escapes included. */
export function checkContent({ content, mentions = [] }: SendFrame, limits: Pick<Limits, 'textBytes'>): void {
  const bytes = Buffer.byteLength(JSON.stringify(content.text)) - 2;
  if (bytes > limits.textBytes || Buffer.byteLength(JSON.stringify(mentions)) > 4_096 - 2)
    throw new ProtocolError('TOO_LARGE');
}
