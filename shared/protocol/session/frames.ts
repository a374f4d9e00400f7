import * as z from 'zod/mini';
import { action, conversationId, position, token } from '../values.ts';

export const helloFrame = action('hello', {
  cursors: z.optional(z.record(conversationId, position)),
});

export const pingFrame = action('ping', {});

/** `end`: the `id` of the connection that is to be closed. */
export const devicesFrame = action('devices', { end: z.optional(token(128)) });
