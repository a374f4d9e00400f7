import * as z from 'zod/mini';

/** Of one of the operator's own senders, such as `bot:support`. */
export const senderId = z.string().check(z.regex(/^bot:[a-z0-9][a-z0-9-]{0,31}$/));
