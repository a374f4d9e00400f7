import type { ErrorCode } from '../../shared/protocol/errors.ts';
import { fits, isObject, listOf } from '../../shared/protocol/guard.ts';
import { isPush } from '../../shared/protocol/guards.ts';
import { isMessageBody } from '../../shared/protocol/messages/guards.ts';
import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import type { Push } from '../../shared/protocol/table.ts';
import { LapseError } from './lapse-error.ts';

export type Incoming =
  | { readonly kind: 'ack'; readonly id: string; readonly reply: object }
  | { readonly kind: 'error'; readonly id: string | null; readonly error: LapseError }
  | { readonly kind: 'messages'; readonly messages: readonly MessageBody[] }
  | { readonly kind: 'bye'; readonly bye: Bye }
  | { readonly kind: 'read'; readonly read: Read }
  | { readonly kind: 'typing'; readonly typing: Typing }
  | { readonly kind: 'opened'; readonly opened: Opened }
  | { readonly kind: 'erased'; readonly erased: Erased }
  | { readonly kind: 'erasure'; readonly receipt: Erasure }
  | { readonly kind: 'push'; readonly push: OtherPush }
  | { readonly kind: 'unknown' };

type Bye = Push<'bye'>;
type Erased = Push<'erased'>;
/** How far somebody has read. */
export type Read = Push<'read'>;
/** Somebody is writing. */
export type Typing = Push<'typing'>;
/** A group was made that one is in. */
type Opened = Push<'opened'>;
/** The receipt of an erasure. */
export type Erasure = Push<'erasure'>;
/** A push of a kind that this library leaves to the app. */
export type OtherPush = { readonly type: string };

/** Never throws: what cannot be understood is `unknown`, so that a newer server does not break an older client. */
export function parseServerFrame(text: string): Incoming {
  const frame = parseObject(text);
  if (frame === undefined) return { kind: 'unknown' };
  if (isAck(frame)) return { kind: 'ack', id: frame.id, reply: frame };
  if (isError(frame)) {
    const { code, message, retryable } = frame.error;
    const error = new LapseError(code, message, retryable, { retryAfterMs: waitOf(frame.error) });
    return { kind: 'error', id: frame.id ?? null, error };
  }
  if (isPush('message', frame)) return { kind: 'messages', messages: [frame.message] };
  if (isMessages(frame)) return { kind: 'messages', messages: frame.messages };
  if (isPush('bye', frame)) return { kind: 'bye', bye: frame };
  if (isPush('read', frame)) return { kind: 'read', read: frame };
  if (isPush('typing', frame)) return { kind: 'typing', typing: frame };
  if (isPush('opened', frame)) return { kind: 'opened', opened: frame };
  if (isPush('erased', frame)) return { kind: 'erased', erased: frame };
  if (isPush('erasure', frame)) return { kind: 'erasure', receipt: frame };
  if (isTyped(frame)) return { kind: 'push', push: frame };
  if (isGatewayFrame(frame)) return { kind: 'error', id: null, error: gatewayError(frame.message) };
  return { kind: 'unknown' };
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const has = <Key extends string>(value: object, key: Key): value is { [K in Key]: unknown } => key in value;
const isTyped = (frame: object): frame is OtherPush => has(frame, 'type') && typeof frame.type === 'string';
const isAck = (frame: object): frame is { id: string } =>
  isTyped(frame) && frame.type === 'ack' && has(frame, 'id') && typeof frame.id === 'string';

/** Whatever else a server says there is no time to wait. */
const waitOf = (error: object): number | undefined =>
  has(error, 'retryAfterMs') && Number.isSafeInteger(error.retryAfterMs) && Number(error.retryAfterMs) > 0
    ? Number(error.retryAfterMs)
    : undefined;

type ErrorShape = { id?: string | null; error: { code: ErrorCode; message: string; retryable: boolean } };
const isError = (frame: object): frame is ErrorShape =>
  isTyped(frame) &&
  frame.type === 'error' &&
  has(frame, 'error') &&
  isObject(frame.error) &&
  has(frame.error, 'code') &&
  typeof frame.error.code === 'string';

/** Several at once: no server sends it yet. */
const isMessages = (frame: object): frame is { messages: MessageBody[] } =>
  isTyped(frame) && frame.type === 'messages' && fits(frame, { messages: listOf(isMessageBody) });

/** API Gateway's own frame carries neither `type` nor the client's `id`. */
const isGatewayFrame = (frame: object): frame is { message: string } =>
  has(frame, 'message') && typeof frame.message === 'string' && has(frame, 'connectionId');

/** API Gateway says `Forbidden` where no route takes the action; everything else is worth another try. */
function gatewayError(message: string): LapseError {
  return message === 'Forbidden'
    ? new LapseError('UNKNOWN_ACTION', 'no such action', false)
    : new LapseError('INTERNAL', 'internal error', true);
}
