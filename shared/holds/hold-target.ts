import * as z from 'zod';
import { userId } from '../protocol/values.ts';
import type { HoldTarget } from '../stores/privacy/holds.ts';

/** Direct or group, as this service gives them out: whoever names anything else has mistyped, and would hold nothing. */
const conversationId = z.string().regex(/^[dg]-[A-Za-z0-9_-]{22,43}$/);

/** As a command or a queue names it. */
export const holdTarget: z.ZodType<HoldTarget> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('user'), userId }),
  z.strictObject({ kind: z.literal('conversation'), conversationId }),
]);
