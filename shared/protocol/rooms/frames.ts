import { action, conversationId } from '../values.ts';

/** This connection wants what is written in the room, for as long as it is open. */
export const watchFrame = action('watch', { conversationId });

export const unwatchFrame = action('unwatch', { conversationId });
