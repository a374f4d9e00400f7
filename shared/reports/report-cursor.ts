import * as z from 'zod';
import type { ListPlace } from '../stores/reports/report-list-store.ts';

const place = z.strictObject({
  reportId: z.string().min(1).max(128),
  entry: z.enum(['report', 'decision']),
  state: z.enum(['open', 'decided']),
  at: z.int().nonnegative(),
});

/** Where a page of reports ends; it says nothing to who has it. */
export function writeReportCursor(after: ListPlace): string {
  return Buffer.from(JSON.stringify(after)).toString('base64url');
}

export const reportCursor = z
  .string()
  .max(512)
  .transform((text, context): ListPlace => {
    try {
      return place.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    } catch {
      context.issues.push({ code: 'custom', message: 'is none that a list has ended with', input: '' });
      return z.NEVER;
    }
  });
