import type { ContactsAmong } from '../conversations/contacts-among.ts';
import type { Presence, PresenceResult } from '../protocol/presence/table.ts';
import type { Settings } from '../protocol/settings/table.ts';
import type { Connection } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { PresenceWatchStore } from '../stores/live/presence-watch-store.ts';
import type { BlockStore } from '../stores/personal/block-store.ts';
import type { Absence, LastActiveStore } from '../stores/personal/last-active-store.ts';
import { settingsInForce } from '../stores/personal/settings.ts';
import { type Clock, epochSeconds } from '../time.ts';
import { roundedDown } from './last-active.ts';
import { maySee } from './may-see.ts';

export type AskPresenceDeps = {
  readonly connections: Pick<ConnectionStore, 'listNow'>;
  readonly presenceWatches: Pick<PresenceWatchStore, 'replace'>;
  readonly contactsAmong: ContactsAmong;
  readonly blocks: Pick<BlockStore, 'blockersAmong'>;
  readonly lastActive: Pick<LastActiveStore, 'read'>;
  readonly presenceDefault: Settings['presence'];
  /** Of the policy in force: who has agreed to an older one is not there. */
  readonly policyFingerprint: string;
  readonly now: Clock;
};

export type Asking = { readonly userId: string; readonly connectionId: string };

/**
 * Who of these is there, as far as each lets the asker know; from now on the asking connection is told. It is told first and looks
 * afterwards, so that nothing happens in between. Of everybody the same is looked up and written, whether they are there, hide or are nobody.
 */
export async function askPresence(
  deps: AskPresenceDeps,
  { userId, connectionId }: Asking,
  asked: readonly string[],
): Promise<PresenceResult> {
  const userIds = [...new Set(asked)];
  const others = userIds.filter((each) => each !== userId);
  const [contacts, open] = await Promise.all([
    deps.contactsAmong(userId, others),
    deps.connections.listNow([userId]),
  ]);
  const own = open.find((each) => each.connectionId === connectionId);
  if (own !== undefined)
    await deps.presenceWatches.replace(
      own,
      others.map((each) => ({ userId: each, isContact: contacts.has(each) })),
    );
  const [connections, absences, blockers] = await Promise.all([
    others.length > 0 ? deps.connections.listNow(others) : [],
    deps.lastActive.read(others),
    deps.blocks.blockersAmong(userId, others),
  ]);
  const there = new Set(connections.filter((each) => isThere(deps, each)).map((each) => each.userId));
  const presences = userIds.map((each) => {
    if (each === userId) return { userId, online: true };
    const absence = absences.get(each) ?? {};
    const settings = settingsInForce(deps.presenceDefault, absence.settings);
    if (blockers.has(each) || !maySee(settings, contacts.has(each))) return { userId: each, online: false };
    return seen(deps, each, { isOnline: there.has(each), settings, absence });
  });
  return { presences };
}

/** Open, and of somebody who has agreed to the policy in force. */
export function isThere(
  { policyFingerprint, now }: Pick<AskPresenceDeps, 'policyFingerprint' | 'now'>,
  { consentedPolicy, expiresAt }: Connection,
): boolean {
  return consentedPolicy === policyFingerprint && expiresAt > epochSeconds(now());
}

type Seen = { readonly isOnline: boolean; readonly settings: Settings; readonly absence: Absence };

function seen(
  { now }: Pick<AskPresenceDeps, 'now'>,
  userId: string,
  { isOnline, settings, absence: { lastActive: last } }: Seen,
): Presence {
  if (isOnline) return { userId, online: true };
  const isKept = last !== undefined && last.expiresAt > epochSeconds(now());
  const lastActive = isKept ? roundedDown(last.at, settings.lastActive) : undefined;
  return { userId, online: false, ...(lastActive !== undefined && { lastActive }) };
}
