import type { SendStore } from '../stores/sends/send-store.ts';
import type { Eraser } from './eraser.ts';

/** Ids of sends: no legal hold asks for them, the messages that they stand for it does. */
export function eraseSends(sends: Pick<SendStore, 'listKeys' | 'remove'>): Eraser {
  return async ({ userId, writtenBy }, _holds, after) => {
    const { keys, next } = await sends.listKeys(userId, writtenBy, after);
    await Promise.all(keys.map((key) => sends.remove({ userId, sendKey: key })));
    const { keys: left } = await sends.listKeys(userId, writtenBy, after, next);
    return { deleted: keys.length, found: left.length, held: 0, ...(next !== undefined && { after: next }) };
  };
}
