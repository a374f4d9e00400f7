import type { Profile } from '../../shared/protocol/profile/table.ts';
import type { Request } from '../wire/actions.ts';

/** The server takes no more at once. */
const most = 50;

/** Asks until everybody has been answered for. */
export async function readProfiles(
  request: Request,
  userIds: readonly string[],
): Promise<readonly Profile[]> {
  const found: Profile[] = [];
  for (let left = [...new Set(userIds)]; left.length > 0; ) {
    const { profiles, next = [] } = await request('profile', { get: left.slice(0, most) });
    found.push(...profiles);
    // A server that answers nothing shall not be asked for ever.
    if (profiles.length === 0) break;
    left = [...next, ...left.slice(most)];
  }
  return found;
}
