import type { Limits } from '../configuration/limits.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { Content, EditedContent, SendFrame } from '../protocol/messages/frames.ts';
import { textsIn } from './texts-in.ts';

/** Everything that a person has written, to be counted and looked through. */
export function textsOf(content: Content | EditedContent): readonly string[] {
  if (content.type === 'text') return [content.text];
  if (content.type === 'custom') return [content.kind, ...textsIn(content.data)];
  return [content.caption, 'name' in content ? content.name : undefined].filter((text) => text !== undefined);
}

type Written = { readonly content: Content; readonly mentions?: readonly string[] | undefined };

/** The push that carries the content must fit one frame too: bytes as they stand in JSON, escapes included. */
export function checkContent(
  { content, mentions = [] }: SendFrame | Written,
  limits: Pick<Limits, 'textBytes' | 'customBytes'>,
): void {
  const most = content.type === 'custom' ? limits.customBytes : limits.textBytes;
  if (bytesOf(content) > most || jsonBytes(mentions) > 4_096 - 2) throw new ProtocolError('TOO_LARGE');
}

function bytesOf(content: Content): number {
  if (content.type === 'custom') return content.kind.length + jsonBytes(content.data);
  return textsOf(content).reduce((sum, text) => sum + jsonBytes(text) - 2, 0);
}

const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
