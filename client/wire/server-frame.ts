import type { ErrorCode } from '../../shared/protocol/errors.ts';
import { type FrameGuards, fits, isObject } from '../../shared/protocol/guard.ts';
import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import type { Push } from '../../shared/protocol/table.ts';
import { LapseError } from './lapse-error.ts';
import { isPush } from './told-frames.ts';

export type Incoming =
  | { readonly kind: 'ack'; readonly id: string; readonly reply: object }
  | { readonly kind: 'error'; readonly id: string | null; readonly error: LapseError }
  | { readonly kind: 'messages'; readonly push: readonly MessageBody[] }
  | { [Type in Handled]: { readonly kind: Type; readonly push: Push<Type> } }[Handled]
  | { readonly kind: 'push'; readonly push: OtherPush }
  | { readonly kind: 'unknown' };

/** Pushes that this library does something about. */
const handled = [
  'bye',
  'read',
  'delivered',
  'typing',
  'opened',
  'erased',
  'edited',
  'recalled',
  'erasure',
  'reacted',
  'pinned',
  'behind',
  'blocked',
  'members',
  'title',
  'presence',
  'conversation',
] as const;
type Handled = (typeof handled)[number];

/** How far somebody has read. */
export type Read = Push<'read'>;
/** How far messages have come to somebody. */
export type Delivered = Push<'delivered'>;
/** Somebody has begun a conversation with one. */
export type OpenedPush = Push<'opened'>;
/** Who is in a group has changed, or as what. */
export type MembersChange = Push<'members'>;
/** Whether somebody is there, or when they last were. */
export type Presence = Omit<Push<'presence'>, 'type'>;
/** Somebody is writing. */
export type Typing = Push<'typing'>;
/** What a message has been given. */
export type Reacted = Push<'reacted'>;
/** Whether a message is pinned. */
export type Pinned = Push<'pinned'>;
/** What was erased, by its numbers. */
export type Erased = Push<'erased'>;
/** The receipt of an erasure. */
export type Erasure = Push<'erasure'>;
/** A push of a kind that this library leaves to the app. */
export type OtherPush = { readonly type: string };

/** Never throws: what cannot be understood is `unknown`, so that a newer server does not break an older client. */
export function parseServerFrame(text: string, guards: FrameGuards): Incoming {
  const frame = parseObject(text);
  if (frame === undefined) return { kind: 'unknown' };
  if (isAck(frame)) return { kind: 'ack', id: frame.id, reply: frame };
  if (isError(frame)) {
    const { code, message, retryable } = frame.error;
    const error = new LapseError(code, message, retryable, { retryAfterMs: waitOf(frame.error) });
    return { kind: 'error', id: frame.id ?? null, error };
  }
  if (isPush(guards, 'message', frame)) return { kind: 'messages', push: [frame.message] };
  if (isPush(guards, 'messages', frame)) return { kind: 'messages', push: frame.messages };
  for (const kind of handled) if (isPush(guards, kind, frame)) return { kind, push: frame } as Incoming;
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

const isTyped = (frame: object): frame is OtherPush => fits(frame, { type: 'string' });
const isAck = (frame: object): frame is { id: string } =>
  isTyped(frame) && frame.type === 'ack' && fits(frame, { id: 'string' });

/** Whatever else a server says there is no time to wait. */
const waitOf = ({ retryAfterMs }: { readonly retryAfterMs?: unknown }): number | undefined =>
  Number.isSafeInteger(retryAfterMs) && Number(retryAfterMs) > 0 ? Number(retryAfterMs) : undefined;

type ErrorShape = {
  id?: string | null;
  error: { code: ErrorCode; message: string; retryable: boolean; retryAfterMs?: unknown };
};
const isError = (frame: object): frame is ErrorShape =>
  isTyped(frame) &&
  frame.type === 'error' &&
  fits(frame, { error: (error) => isObject(error) && fits(error, { code: 'string' }) });

/** API Gateway's own frame carries neither `type` nor the client's `id`. */
const isGatewayFrame = (frame: object): frame is { message: string } =>
  fits(frame, { message: 'string' }) && 'connectionId' in frame;

/** API Gateway says `Forbidden` where no route takes the action; everything else is worth another try. */
function gatewayError(message: string): LapseError {
  // As the server's own limits: to be told to slow down is no failure.
  if (message === 'Too Many Requests')
    return new LapseError('RATE_LIMITED', 'too many frames, slow down', true);
  return message === 'Forbidden'
    ? new LapseError('UNKNOWN_ACTION', 'no such action', false)
    : new LapseError('INTERNAL', 'internal error', true);
}
