import * as z from 'zod';
import { millis, push } from './values.ts';

export const pingResult = z.strictObject({ serverTime: millis });

export const byePush = push('bye', {
  reason: z.enum(['CONSENT_WITHDRAWN', 'TOKEN_EXPIRED', 'ACCOUNT_ERASED']),
  reconnect: z.boolean(),
});
