import type { ErrorCode } from '../../shared/protocol/errors.ts';
import type { MessageBody, Push } from '../../shared/protocol/server-frames.ts';
import { LapseError } from './lapse-error.ts';

export type Incoming =
  | { readonly kind: 'ack'; readonly id: string; readonly reply: object }
  | { readonly kind: 'error'; readonly id: string | null; readonly error: LapseError }
  | { readonly kind: 'messages'; readonly messages: readonly MessageBody[] }
  | { readonly kind: 'bye'; readonly bye: Bye }
  | { readonly kind: 'read'; readonly read: Read }
  | { readonly kind: 'typing'; readonly typing: Typing }
  | { readonly kind: 'erased'; readonly erased: Erased }
  | { readonly kind: 'erasure'; readonly receipt: Erasure }
  | { readonly kind: 'push'; readonly push: OtherPush }
  | { readonly kind: 'unknown' };

type Bye = Extract<Push, { type: 'bye' }>;
type Erased = Extract<Push, { type: 'erased' }>;
/** How far somebody has read. */
export type Read = Extract<Push, { type: 'read' }>;
/** Somebody is writing. */
export type Typing = Extract<Push, { type: 'typing' }>;
/** The receipt of an erasure. */
export type Erasure = Extract<Push, { type: 'erasure' }>;
/** A push of a kind that this library leaves to the app. */
export type OtherPush = { readonly type: string };

/** Never throws: what cannot be understood is `unknown`, so that a newer server does not break an older client. */
export function parseServerFrame(text: string): Incoming {
  const frame = parseObject(text);
  if (frame === undefined) return { kind: 'unknown' };
  if (isAck(frame)) return { kind: 'ack', id: frame.id, reply: frame };
  if (isError(frame)) {
    const { code, message, retryable } = frame.error;
    return { kind: 'error', id: frame.id ?? null, error: new LapseError(code, message, retryable) };
  }
  if (isMessage(frame)) return { kind: 'messages', messages: [frame.message] };
  if (isMessages(frame)) return { kind: 'messages', messages: frame.messages };
  if (isBye(frame)) return { kind: 'bye', bye: frame };
  if (isRead(frame)) return { kind: 'read', read: frame };
  if (isTyping(frame)) return { kind: 'typing', typing: frame };
  if (isErased(frame)) return { kind: 'erased', erased: frame };
  if (isErasure(frame)) return { kind: 'erasure', receipt: frame };
  if (isTyped(frame)) return { kind: 'push', push: frame };
  if (isGatewayFrame(frame)) return { kind: 'error', id: null, error: gatewayError(frame.message) };
  return { kind: 'unknown' };
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const has = <Key extends string>(value: object, key: Key): value is { [K in Key]: unknown } => key in value;
const isTyped = (frame: object): frame is OtherPush => has(frame, 'type') && typeof frame.type === 'string';
const isAck = (frame: object): frame is { id: string } =>
  isTyped(frame) && frame.type === 'ack' && has(frame, 'id') && typeof frame.id === 'string';

type ErrorShape = { id?: string | null; error: { code: ErrorCode; message: string; retryable: boolean } };
const isError = (frame: object): frame is ErrorShape =>
  isTyped(frame) &&
  frame.type === 'error' &&
  has(frame, 'error') &&
  typeof frame.error === 'object' &&
  frame.error !== null &&
  has(frame.error, 'code') &&
  typeof frame.error.code === 'string';

const isBody = (value: unknown): value is MessageBody =>
  typeof value === 'object' &&
  value !== null &&
  has(value, 'conversationId') &&
  typeof value.conversationId === 'string' &&
  has(value, 'seq') &&
  typeof value.seq === 'number';
const isMessage = (frame: object): frame is { message: MessageBody } =>
  isTyped(frame) && frame.type === 'message' && has(frame, 'message') && isBody(frame.message);
const isMessages = (frame: object): frame is { messages: MessageBody[] } =>
  isTyped(frame) &&
  frame.type === 'messages' &&
  has(frame, 'messages') &&
  Array.isArray(frame.messages) &&
  frame.messages.every(isBody);
const isBye = (frame: object): frame is Bye =>
  isTyped(frame) && frame.type === 'bye' && has(frame, 'reconnect') && typeof frame.reconnect === 'boolean';
const isOfMember = (frame: object): boolean =>
  has(frame, 'conversationId') &&
  typeof frame.conversationId === 'string' &&
  has(frame, 'userId') &&
  typeof frame.userId === 'string';
const isRead = (frame: object): frame is Read =>
  isTyped(frame) &&
  frame.type === 'read' &&
  isOfMember(frame) &&
  has(frame, 'seq') &&
  typeof frame.seq === 'number';
const isTyping = (frame: object): frame is Typing =>
  isTyped(frame) && frame.type === 'typing' && isOfMember(frame);
const isErased = (frame: object): frame is Erased =>
  isTyped(frame) &&
  frame.type === 'erased' &&
  has(frame, 'conversationId') &&
  typeof frame.conversationId === 'string' &&
  has(frame, 'seqs') &&
  Array.isArray(frame.seqs) &&
  frame.seqs.every(Number.isInteger);
const isErasure = (frame: object): frame is Erasure =>
  isTyped(frame) &&
  frame.type === 'erasure' &&
  has(frame, 'state') &&
  typeof frame.state === 'string' &&
  has(frame, 'stores') &&
  Array.isArray(frame.stores) &&
  frame.stores.every((line) => typeof line === 'object' && line !== null);

/** API Gateway's own frame carries neither `type` nor the client's `id`. */
const isGatewayFrame = (frame: object): frame is { message: string } =>
  has(frame, 'message') && typeof frame.message === 'string' && has(frame, 'connectionId');

/** API Gateway says `Forbidden` where no route takes the action; everything else is worth another try. */
function gatewayError(message: string): LapseError {
  return message === 'Forbidden'
    ? new LapseError('UNKNOWN_ACTION', 'no such action', false)
    : new LapseError('INTERNAL', 'internal error', true);
}
