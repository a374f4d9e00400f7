import { isOnHold } from '../stores/privacy/holds.ts';
import { decodeSendKey } from '../stores/sends/send-key.ts';
import type { SendStore } from '../stores/sends/send-store.ts';
import type { Eraser } from './eraser.ts';

/**
 * Ids of sends: no legal hold asks for them, the messages that they stand for it does. Of a message that is held the record stays
 * for a minute, until the second look: a repeat that is under way would store it once more.
 */
export function eraseSends(sends: Pick<SendStore, 'listKeys' | 'remove'>): Eraser {
  return async ({ userId, writtenBy, isLate }, askHolds, after) => {
    const { keys, next } = await sends.listKeys(userId, writtenBy, after);
    const conversationOf = (key: string) => decodeSendKey(key).conversationId;
    const holds =
      isLate === true || keys.length === 0
        ? undefined
        : await askHolds({ users: [userId], conversations: keys.map(conversationOf) });
    const stays = (key: string) => holds !== undefined && isOnHold(holds, userId, conversationOf(key));
    const going = keys.filter((key) => !stays(key));
    await Promise.all(going.map((key) => sends.remove({ userId, sendKey: key })));
    const { keys: left } = await sends.listKeys(userId, writtenBy, after, next);
    const tally = { deleted: going.length, found: left.length, held: left.filter(stays).length };
    return { ...tally, ...(next !== undefined && { after: next }) };
  };
}
