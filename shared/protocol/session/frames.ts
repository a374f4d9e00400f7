import * as z from 'zod/mini';
import { action, conversationId, position } from '../values.ts';

export const helloFrame = action('hello', {
  cursors: z.optional(z.record(conversationId, position)),
});

export const pingFrame = action('ping', {});
