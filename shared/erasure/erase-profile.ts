import { type Holds, isOnHold } from '../stores/privacy/holds.ts';
import type { ProfileStore } from '../stores/profiles/profile-store.ts';
import { type Eraser, emptyTally } from './eraser.ts';

/** Of a profile that was set anew after the request nothing is meant. */
export function eraseProfile(profiles: Pick<ProfileStore, 'read' | 'remove'>): Eraser {
  return async ({ userId, writtenBy }, holds: Holds) => {
    const meant = async () =>
      (await profiles.read([userId])).filter(({ updatedAt }) => updatedAt <= writtenBy);
    const [profile] = await meant();
    if (profile === undefined) return emptyTally;
    if (isOnHold(holds, userId)) return { deleted: 0, found: 1, held: 1 };
    const removed = await profiles.remove(profile);
    const left = await meant();
    return { deleted: removed ? 1 : 0, found: left.length, held: 0 };
  };
}
