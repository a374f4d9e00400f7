import * as z from 'zod';
import { count, push, requestId, seconds } from './values.ts';

export const exportLink = z.strictObject({
  url: z.url().describe('of a zip, for as long as the address lives'),
  expiresAt: seconds,
  parts: count.describe('how many zips there are'),
});

export const exportResult = z.discriminatedUnion('state', [
  z.strictObject({ requestId, state: z.literal('accepted') }),
  exportLink.extend({ requestId, state: z.literal('ready') }),
]);

export const exportPush = push('export', { requestId, ...exportLink.shape });
