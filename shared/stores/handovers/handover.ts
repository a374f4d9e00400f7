import type { MediaVariant } from '../../protocol/media/frames.ts';
import type { EpochSeconds } from '../../time.ts';
import type { Connection } from '../connections/connection.ts';

/** By which its members ask for it. */
export type HandoverKey = { readonly conversationId: string; readonly seq: number };

/** Media of a message that is not stored: it can be fetched until then, or until nobody waits for it any more. */
export type Handover = HandoverKey & {
  readonly mediaId: string;
  readonly variants: readonly MediaVariant[];
  readonly until: EpochSeconds;
};

/** A connection that the message was pushed to. */
export type Recipient = Pick<Connection, 'userId' | 'connectionId'>;

export type AwaitedHandover = Handover & { readonly waiting: readonly Recipient[] };

/** The element of the set of those who wait: `ADD` and `DELETE` of it are atomic and may be repeated. */
export function encodeRecipient({ userId, connectionId }: Recipient): string {
  return `${userId} ${connectionId}`;
}

export function decodeRecipient(element: string): Recipient {
  const [userId = '', connectionId = ''] = element.split(' ');
  return { userId, connectionId };
}
