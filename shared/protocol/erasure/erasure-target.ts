import * as z from 'zod/mini';
import { conversationId, seq } from '../values.ts';

/** What is to go of a user's: everything, the profile, what they wrote in a conversation, or one message. */
export const erasureTarget = z.discriminatedUnion('scope', [
  z.strictObject({ scope: z.literal('account') }),
  z.strictObject({ scope: z.literal('profile') }),
  z.strictObject({ scope: z.literal('conversation'), conversationId }),
  z.strictObject({ scope: z.literal('message'), conversationId, seq }),
]);

export type ErasureTarget = Readonly<z.infer<typeof erasureTarget>>;
