import { roomId } from '../conversations/room-id.ts';

/** Of one send of one user. */
export type SendKey = { readonly userId: string; readonly sendKey: string };

/** What makes a send the same send. */
export type SendId = { readonly conversationId: string; readonly id: string; readonly from: string };

export function sendKeyOf({ conversationId, id, from }: SendId): SendKey {
  return { userId: from, sendKey: encodeSendKey({ conversationId, id }) };
}

/** The keys of one user's sends in one conversation, and of all in rooms behind one of these: bounds, in the order of keys. */
export const sendsIn = (conversationId: string) => ({
  from: encodeSendKey({ conversationId, id: '' }),
  to: encodeSendKey({ conversationId, id: '~' }),
});
export const roomsBehind = (conversationId: string | undefined) => ({
  from: conversationId === undefined ? roomId('') : sendsIn(conversationId).to,
  to: roomId('~'),
});

/** Neither part can hold a `#`. */
function encodeSendKey({ conversationId, id }: Omit<SendId, 'from'>): string {
  return `${conversationId}#${id}`;
}

export function decodeSendKey(sendKey: string): Omit<SendId, 'from'> {
  const [conversationId = '', id = ''] = sendKey.split('#');
  return { conversationId, id };
}
