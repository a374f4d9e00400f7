import * as z from 'zod';
import type { Feature } from '../feature.ts';
import { count, push, requestId, type Sent, seconds } from '../reply-values.ts';
import { exportFrame } from './frames.ts';

const exportLink = z.strictObject({
  url: z.url().describe('of a zip, for as long as the address lives'),
  expiresAt: seconds,
  parts: count.describe('how many zips there are'),
});

const exportResult = z.discriminatedUnion('state', [
  z.strictObject({ requestId, state: z.literal('accepted') }),
  exportLink.extend({ requestId, state: z.literal('ready') }),
]);

const exportPush = push('export', { requestId, ...exportLink.shape });

/** What is held about the person who asks. */
export const exporting = {
  actions: {
    export: {
      summary: 'asks for everything held about you, as a zip',
      frame: exportFrame,
      result: exportResult,
    },
  },
  pushes: {
    export: { summary: 'an export is ready', frame: exportPush },
  },
} satisfies Feature;

export type ExportLink = Sent<typeof exportLink>;
export type ExportResult = Sent<typeof exportResult>;
