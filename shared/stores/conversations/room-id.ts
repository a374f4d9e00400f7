/** No other conversation's id begins so: what it is, and by what rows somebody is let in, is known before anything is read. */
const prefix = 'r-';

export const roomId = (random: string): string => `${prefix}${random}`;

export const isRoomId = (conversationId: string): boolean => conversationId.startsWith(prefix);
