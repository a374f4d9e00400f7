import * as z from 'zod/mini';

/** No token's `sub` begins so: nobody but the operator acts as one of these. */
const prefix = 'bot:';

/** What a sender is called in the configuration. */
export const senderName = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** Of one of the operator's own senders, such as `bot:support`. */
export const senderId = z.string().check(z.regex(/^bot:[a-z0-9][a-z0-9-]{0,31}$/));

export const senderIdOf = (name: string): string => `${prefix}${name}`;

export const isSenderId = (userId: string): boolean => userId.startsWith(prefix);
