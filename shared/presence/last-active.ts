import type { Settings } from '../protocol/settings/table.ts';
import type { LastActive } from '../stores/personal/last-active-store.ts';
import { type EpochMillis, epochMillis, epochSeconds } from '../time.ts';

const millisOf = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** Who was not there for so long was there "some time ago", and nothing is kept of when. */
const keptSeconds = 7 * 86_400;

/** As exactly as its owner lets others know; undefined: not at all. */
export function roundedDown(at: EpochMillis, lastActive: Settings['lastActive']): EpochMillis | undefined {
  if (lastActive === 'never') return undefined;
  const step = millisOf[lastActive];
  return epochMillis(Math.floor(at / step) * step);
}

/** To be kept. */
export function lastActiveAt(now: EpochMillis, lastActive: Settings['lastActive']): LastActive | undefined {
  const at = roundedDown(now, lastActive);
  return at && { at, expiresAt: epochSeconds(now + keptSeconds * 1000) };
}
