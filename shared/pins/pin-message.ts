import { mayPin, type PinsInGroups } from '../conversations/may-pin.ts';
import { type ChangeMessageDeps, changeMessage } from '../messages/change-message.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { PinFrame } from '../protocol/pins/frames.ts';
import type { PinResult } from '../protocol/pins/table.ts';
import type { Pin, PinList, PinStore } from '../stores/pins/pin-store.ts';
import type { EpochMillis } from '../time.ts';
import type { TellPinned } from './announce-pinned.ts';
import { pinsLeft } from './pins-left.ts';

export type PinMessageDeps = ChangeMessageDeps & {
  readonly pins: PinStore;
  readonly pinsInGroups: PinsInGroups;
  /** That a conversation has. */
  readonly mostPins: number;
  readonly tell: TellPinned;
};

/**
 * Pins a message for everybody who can read it, or takes its pin away. The message, the list of pins and the change are one transaction, so
 * that no race makes one more than there may be. What is so already writes nothing.
 * @throws ProtocolError FORBIDDEN for who may not; TOO_LARGE for one more than a conversation has; see `changeMessage`.
 */
export async function pinMessage(
  deps: PinMessageDeps,
  userId: string,
  { id, conversationId, seq, on }: Omit<PinFrame, 'action'>,
): Promise<PinResult> {
  let pinnedAt: EpochMillis | undefined;
  const changed = await changeMessage(deps, userId, 'pin', { id, conversationId, seq }, async (changing) => {
    const { message, conversation, rev, at } = changing;
    if (message.content.type === 'event') throw new ProtocolError('NOT_FOUND');
    const isClosed = conversation.head.closedAt !== undefined;
    if (isClosed || !mayPin(conversation, userId, deps.pinsInGroups)) throw new ProtocolError('FORBIDDEN');
    pinnedAt = on ? (message.pinnedAt ?? at) : undefined;
    if (on === (message.pinnedAt !== undefined)) return undefined;
    const list = await deps.pins.readPins(conversationId);
    const others = await otherPins(deps, list, seq, on);
    const { expiresAt } = message;
    const pins = on ? [...others, { seq, rev, expiresAt }] : others;
    return {
      ...(on ? { set: { pinnedAt: at } } : { set: {}, remove: ['pinnedAt'] }),
      also: [deps.pins.replacing(list, pins, rev)],
    };
  });
  const { rev, at, isRepeat, isUnchanged, conversation } = changed;
  // What is so already was told of, unless whoever did it ended before that.
  if (isUnchanged !== true || rev > (conversation.head.lastRev ?? 0))
    await deps.tell(conversation, seq, userId);
  // Of a repeat only its record is known.
  if (isRepeat && on) pinnedAt = at;
  return {
    ...{ conversationId, seq, rev },
    ...(pinnedAt !== undefined && { pinnedAt }),
    ...(isRepeat && { duplicate: true as const }),
  };
}

/** Those that have not ended; where they are as many as there may be, those alone whose message says that it is pinned. */
async function otherPins(
  deps: PinMessageDeps,
  { conversationId, pins }: PinList,
  seq: number,
  on: boolean,
): Promise<readonly Pin[]> {
  const now = deps.now();
  const others = pins.filter((pin) => pin.seq !== seq && pin.expiresAt * 1000 > now);
  if (!on || others.length < deps.mostPins) return others;
  const left = await pinsLeft(deps, conversationId, others);
  if (left.length >= deps.mostPins) throw new ProtocolError('TOO_LARGE');
  return left.map(({ pin }) => pin);
}
