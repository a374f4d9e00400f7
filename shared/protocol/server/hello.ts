import * as z from 'zod';
import { limitsSchema } from '../../configuration/limits.ts';
import { userId } from '../client-frames.ts';
import { conversationsResult } from './conversations.ts';
import { count } from './values.ts';

export const consentState = z.enum(['none', 'granted', 'stale', 'withdrawn']);

export const consentResult = z.strictObject({ state: consentState });

export const stored = z.strictObject({ stored: z.boolean(), seconds: count });

export const helloResult = z.strictObject({
  userId,
  consent: z.strictObject({
    state: consentState,
    policyVersion: z.string(),
    policyUrl: z.string().exactOptional(),
  }),
  retention: z.strictObject({
    messages: stored.extend({
      handoverSeconds: count
        .describe('for how long media can be fetched where messages are not stored; without it, not at all')
        .exactOptional(),
    }),
    profiles: stored,
  }),
  limits: limitsSchema,
  ...conversationsResult.partial().shape,
});
