import * as z from 'zod';
import { action, conversationId, position } from '../values.ts';

export const helloFrame = action('hello', {
  cursors: z.record(conversationId, position).optional(),
});

export const pingFrame = action('ping', {});
