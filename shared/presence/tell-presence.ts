import type { Settings } from '../protocol/settings/table.ts';
import { fanOut } from '../push/fan-out.ts';
import type { FanOutToMembersDeps } from '../push/fan-out-to-members.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { ConsentReader } from '../stores/consents/current-consent.ts';
import type { PresenceWatch, PresenceWatchStore } from '../stores/live/presence-watch-store.ts';
import type { BlockStore } from '../stores/personal/block-store.ts';
import type { LastActive, LastActiveStore } from '../stores/personal/last-active-store.ts';
import { settingsInForce } from '../stores/personal/settings.ts';
import type { SettingsStore } from '../stores/personal/settings-store.ts';
import { type EpochMillis, epochMillis } from '../time.ts';
import { isThere } from './ask-presence.ts';
import { lastActiveAt } from './last-active.ts';
import { maySee } from './may-see.ts';

export type TellPresenceDeps = FanOutToMembersDeps & {
  readonly connections: Pick<ConnectionStore, 'listNow' | 'takeTurn' | 'tellLater'>;
  readonly presenceWatches: Pick<PresenceWatchStore, 'watchersOf'>;
  readonly blocks: Pick<BlockStore, 'blockedAmong'>;
  readonly settings: Pick<SettingsStore, 'read'>;
  readonly presenceDefault: Settings['presence'];
};

export type TellLeftDeps = TellPresenceDeps & {
  readonly consent: ConsentReader;
  readonly lastActive: Pick<LastActiveStore, 'put' | 'remove'>;
};

/** As many connections are told of one person; the others learn of it when they ask. */
const mostTold = 500;
/** Who comes and goes is told of once in so long; the clock tells how it ended. */
const periodMillis = 10_000;
/** Each further one means that they came or went while it was told. */
const mostRounds = 3;

/** Somebody has come, or the clock tells of what was not told in time. */
export async function tellCame(deps: TellPresenceDeps, userId: string, isClock = false): Promise<void> {
  const settings = settingsInForce(deps.presenceDefault, await deps.settings.read(userId));
  if (settings.presence !== 'nobody') await tell(deps, userId, { settings, isClock });
}

/**
 * Their last connection has gone: notes when, as exactly as they let others know, and tells. It notes nothing of who has ended their consent: of a
 * withdrawal, which writes its line and then takes the note away, and this, which looks at the ledger after the note, one sees the other.
 */
export async function tellLeft(deps: TellLeftDeps, userId: string, isClock = false): Promise<void> {
  const settings = settingsInForce(deps.presenceDefault, await deps.settings.read(userId));
  if (settings.presence === 'nobody') return;
  const note = lastActiveAt(deps.now(), settings.lastActive);
  const isNoted = await noted(deps, userId, note);
  await tell(deps, userId, { settings, isClock, ...(isNoted && note && { lastActive: note.at }) });
}

async function noted(
  { consent, lastActive }: Pick<TellLeftDeps, 'consent' | 'lastActive'>,
  userId: string,
  note: LastActive | undefined,
): Promise<boolean> {
  const consents = async () => (await consent(userId)) === 'granted';
  const mayNote = await consents();
  if (mayNote && note !== undefined) {
    await lastActive.put(userId, note);
    if (await consents()) return true;
  }
  await lastActive.remove(userId);
  return false;
}

/** A withdrawal ends it at once: nothing says when they last were, and those who saw them see them go. */
export async function endPresence(deps: TellLeftDeps, userId: string): Promise<void> {
  await deps.lastActive.remove(userId);
  await tellCame(deps, userId, true);
}

/** After a change of who may see them: of those who did and may not any more they go, to those who may now they come. */
export async function tellAudience(
  deps: TellPresenceDeps,
  userId: string,
  before: Settings,
  after: Settings,
): Promise<void> {
  if (before.presence === after.presence) return;
  const watchers = await deps.presenceWatches.watchersOf(userId, mostTold);
  const told = (from: Settings, to: Settings) =>
    watchers.filter(({ isContact }) => maySee(from, isContact) && !maySee(to, isContact));
  await push(deps, userId, told(before, after), { online: false });
  await push(deps, userId, told(after, before), { online: true });
}

type Telling = {
  readonly settings: Settings;
  readonly isClock: boolean;
  readonly lastActive?: EpochMillis;
};

/** How it is now, and again when it has changed meanwhile: whoever tells last has seen it last. */
async function tell(
  deps: TellPresenceDeps,
  userId: string,
  { settings, isClock, lastActive }: Telling,
): Promise<void> {
  const watchers = (await deps.presenceWatches.watchersOf(userId, mostTold)).filter(({ isContact }) =>
    maySee(settings, isContact),
  );
  if (watchers.length === 0) return;
  const now = deps.now();
  if (!isClock && !(await deps.connections.takeTurn(userId, now, epochMillis(now - periodMillis))))
    return deps.connections.tellLater(userId, now);
  let online = await isOnline(deps, userId);
  for (let round = 0; round < mostRounds; round += 1) {
    const since = !online && lastActive !== undefined ? { lastActive } : {};
    await push(deps, userId, watchers, { online, ...since });
    const next = await isOnline(deps, userId);
    if (next === online) return;
    online = next;
  }
  await deps.connections.tellLater(userId, now);
}

async function isOnline(deps: TellPresenceDeps, userId: string): Promise<boolean> {
  const open = await deps.connections.listNow([userId]);
  return open.some((each) => isThere(deps, each));
}

/** To those of them that are open still, and whom the user does not block. */
async function push(
  deps: TellPresenceDeps,
  userId: string,
  watchers: readonly PresenceWatch[],
  presence: { readonly online: boolean; readonly lastActive?: EpochMillis },
): Promise<void> {
  const viewers = [...new Set(watchers.map((each) => each.userId))];
  if (viewers.length === 0) return;
  const ids = new Set(watchers.map(({ connectionId }) => connectionId));
  const [open, blocked] = await Promise.all([
    deps.connections.listNow(viewers),
    deps.blocks.blockedAmong(userId, viewers),
  ]);
  const told = open.filter(
    (each) => ids.has(each.connectionId) && isThere(deps, each) && !blocked.has(each.userId),
  );
  await fanOut(deps, told, { type: 'presence', userId, ...presence });
}
