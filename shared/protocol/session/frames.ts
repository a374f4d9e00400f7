import * as z from 'zod/mini';
import { action, conversationId, position, token } from '../values.ts';

/** The last number of a conversation that a client has, and of its changes, if it keeps messages. */
const cursor = z.union([position, z.strictObject({ seq: position, rev: position })]);

export const helloFrame = action('hello', {
  cursors: z.optional(z.record(conversationId, cursor)),
});

export type Cursors = NonNullable<z.infer<typeof helloFrame>['cursors']>;

export const pingFrame = action('ping', {});

/** `end`: the `id` of the connection that is to be closed. */
export const devicesFrame = action('devices', { end: z.optional(token(128)) });
