import * as z from 'zod';
import type { Feature } from '../feature.ts';
import type { Sent } from '../reply-values.ts';
import { consentFrame } from './frames.ts';

export const consentState = z.enum(['none', 'granted', 'stale', 'withdrawn']);

const consentResult = z.strictObject({ state: consentState });

/** Consent to the operator's policy. */
export const consent = {
  actions: {
    consent: { summary: 'grants or withdraws consent', frame: consentFrame, result: consentResult },
  },
  pushes: {},
} satisfies Feature;

export type ConsentState = Sent<typeof consentState>;
export type ConsentResult = Sent<typeof consentResult>;
