import { roughly } from './plain-duration.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** By how much the time may have been rounded down: people choose how exactly others learn it, and only the time itself shows what. */
function roundedBy(at: number): readonly [ms: number, words: string] | undefined {
  if (at % dayMs === 0) return [dayMs, 'day'];
  return at % hourMs === 0 ? [hourMs, 'hour'] : undefined;
}

/** Such as `online`, `last here 5 minutes ago` or `last here in the last hour`; undefined where nothing is known. */
export function presenceWords(
  presence: { readonly online: boolean; readonly lastActive?: number } | undefined,
  now: number,
): string | undefined {
  if (presence?.online === true) return 'online';
  if (presence?.lastActive === undefined) return undefined;
  const ageMs = Math.max(0, now - presence.lastActive);
  const rounded = roundedBy(presence.lastActive);
  if (rounded === undefined)
    return ageMs < 60_000 ? 'last here just now' : `last here ${roughly(ageMs / 1000).words} ago`;
  const [stepMs, words] = rounded;
  // Who has just left must not be told to have been away for most of an hour.
  if (ageMs < stepMs) return `last here in the last ${words}`;
  return `last here about ${roughly((ageMs - stepMs / 2) / 1000).words} ago`;
}
