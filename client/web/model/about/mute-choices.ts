import { listTime, timeOfDay } from '../words/day-label.ts';

/** Later than this nobody meant an end. */
const ever = Date.UTC(9_999, 0);

/** Until when a choice of the list mutes, 0 for not at all; undefined for what is so already. */
export function mutedUntil(choice: string, now: number): number | undefined {
  if (choice === 'on') return 0;
  if (choice === 'always') return ever;
  const seconds = Number(choice);
  return Number.isSafeInteger(seconds) ? now + seconds * 1000 : undefined;
}

/** Such as `Muted until 14:05`; undefined where all is announced. */
export function muteWords(until: number, now: number): string | undefined {
  if (until <= now) return undefined;
  if (until >= ever) return 'Muted';
  const today = new Date(until).toDateString() === new Date(now).toDateString();
  return `Muted until ${today ? '' : `${listTime(until, now)}, `}${timeOfDay(until)}`;
}
