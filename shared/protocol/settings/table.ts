import * as z from 'zod';
import { audiences } from '../../configuration/audiences.ts';
import type { Feature } from '../feature.ts';
import { push, type Sent } from '../reply-values.ts';
import { granularities, settingsFrame } from './frames.ts';

const settingsResult = z.strictObject({
  reads: z.boolean().describe('whether others learn what you have read, and you what they have'),
  deliveries: z.boolean().describe('whether others learn what has come to you, and you what to them'),
  presence: z.enum(audiences).describe('who learns whether you are there'),
  lastActive: z.enum(granularities).describe('how exactly they learn when you last were'),
});

/** What a person lets others learn of what they do. */
export const settings = {
  actions: {
    settings: {
      summary: 'says, and changes, what others learn of what you read and of whether you are there',
      frame: settingsFrame,
      result: settingsResult,
    },
  },
  pushes: {
    settings: {
      summary: 'you have changed your settings on another device',
      frame: push('settings', settingsResult.shape),
    },
  },
} satisfies Feature;

export type Settings = Sent<typeof settingsResult>;
