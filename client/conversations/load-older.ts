import type { Request } from '../wire/actions.ts';
import { LapseError } from '../wire/lapse-error.ts';
import type { Timeline } from './timeline.ts';

/** Fetches the page of history before a timeline's floor; true when there is still more before it. */
export async function loadOlder(
  request: Request,
  conversationId: string,
  timeline: Timeline,
  limit: number,
): Promise<boolean> {
  const before = timeline.floor() + 1;
  if (before <= 1) return false;
  try {
    const { messages, next } = await request('history', { conversationId, before, limit });
    const lowest = Math.min(before, next ?? before, ...messages.map(({ seq }) => seq));
    timeline.prepend(messages, next === undefined ? 0 : lowest - 1);
    return next !== undefined && lowest < before;
  } catch (error) {
    if (!(error instanceof LapseError) || error.code !== 'NOT_STORED') throw error;
    timeline.prepend([], 0);
    return false;
  }
}
