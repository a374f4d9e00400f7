import * as z from 'zod/mini';
import { action, conversationId, seq } from '../values.ts';

const erase = <Scope extends string, Shape extends z.core.$ZodShape>(scope: Scope, shape: Shape) =>
  action('erase', { scope: z.literal(scope), ...shape });

export const eraseFrame = z.discriminatedUnion('scope', [
  erase('message', { conversationId, seq }),
  erase('conversation', { conversationId }),
  erase('profile', {}),
  erase('account', {}),
]);
