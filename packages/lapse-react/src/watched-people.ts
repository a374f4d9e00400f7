import type { LapseClient } from 'lapse-client';

export type PresenceClient = Pick<LapseClient, 'watchPresence' | 'presenceOf' | 'on'>;

/** Whom all components together look at: the client knows one list only. */
type Watched = {
  add(userIds: readonly string[]): void;
  remove(userIds: readonly string[]): void;
};

/** The server tells of no more. */
const most = 50;
const watchedBy = /* @__PURE__ */ new WeakMap<PresenceClient, Watched>();

export function watchedPeople(client: PresenceClient): Watched {
  const known = watchedBy.get(client);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  let isAsked = false;

  /** Once for all that is mounted and taken away together. */
  function tell(): void {
    if (isAsked) return;
    isAsked = true;
    queueMicrotask(() => {
      isAsked = false;
      // Those looked at last.
      client.watchPresence([...counts.keys()].slice(-most));
    });
  }

  const watched: Watched = {
    add(userIds) {
      for (const userId of userIds) {
        const before = counts.get(userId) ?? 0;
        counts.delete(userId);
        counts.set(userId, before + 1);
      }
      tell();
    },
    remove(userIds) {
      for (const userId of userIds) {
        const left = (counts.get(userId) ?? 0) - 1;
        if (left > 0) counts.set(userId, left);
        else counts.delete(userId);
      }
      tell();
    },
  };
  watchedBy.set(client, watched);
  return watched;
}
