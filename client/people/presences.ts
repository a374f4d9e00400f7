import type { ClientEvents } from '../events/client-events.ts';
import type { Emitter } from '../events/emitter.ts';
import type { Request } from '../wire/actions.ts';
import { LapseError } from '../wire/lapse-error.ts';
import type { Presence } from '../wire/server-frame.ts';

/** Who is online, of those whom the app looks at. */
export type Presences = {
  /** In place of those looked at before. */
  watch(userIds: readonly string[]): void;
  of(userId: string): Presence | undefined;
  receive(presence: Presence): void;
  /** A new connection has to say anew whom it wants to know of. */
  resume(): void;
};

export function createPresences(events: Emitter<ClientEvents>, request: Request): Presences {
  const known = new Map<string, Presence>();
  let watched: readonly string[] = [];

  function receive(presence: Presence): void {
    if (!watched.includes(presence.userId)) return;
    known.set(presence.userId, presence);
    events.emit('presence', presence);
  }

  async function ask(): Promise<void> {
    const userIds = [...watched];
    try {
      const { presences } = await request('presence', { userIds });
      for (const presence of presences) receive(presence);
    } catch (error) {
      // A hint that is missing is asked for again with the next connection.
      if (!(error instanceof LapseError)) throw error;
    }
  }

  return {
    watch(userIds) {
      if (userIds.length === watched.length && userIds.every((userId) => watched.includes(userId))) return;
      watched = userIds;
      for (const userId of known.keys()) if (!watched.includes(userId)) known.delete(userId);
      if (watched.length > 0) void ask();
    },
    of: (userId) => known.get(userId),
    receive,
    resume() {
      known.clear();
      if (watched.length > 0) void ask();
    },
  };
}
