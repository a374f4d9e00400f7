/** No token's `sub` begins so: nobody but the operator acts as one of these. */
const prefix = 'bot:';

/** What a sender is called in the configuration. */
export const senderName = /^[a-z0-9][a-z0-9-]{0,31}$/;

export const senderIdOf = (name: string): string => `${prefix}${name}`;

export const isSenderId = (userId: string): boolean => userId.startsWith(prefix);
