import { roughly } from './plain-duration.ts';

/** Such as `online` or `last here 5 minutes ago`; undefined where nothing is known. */
export function presenceWords(
  presence: { readonly online: boolean; readonly lastActive?: number } | undefined,
  now: number,
): string | undefined {
  if (presence?.online === true) return 'online';
  if (presence?.lastActive === undefined) return undefined;
  const seconds = Math.max(0, (now - presence.lastActive) / 1000);
  return seconds < 60 ? 'last here just now' : `last here ${roughly(seconds).words} ago`;
}
