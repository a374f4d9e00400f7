import * as z from 'zod';
import { conversationId, userId } from '../protocol/client-frames.ts';
import type { HoldTarget } from './holds.ts';

/** As a command or a queue names it. */
export const holdTarget: z.ZodType<HoldTarget> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('user'), userId }),
  z.strictObject({ kind: z.literal('conversation'), conversationId }),
]);
