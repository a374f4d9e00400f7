import { type TellPresenceDeps, tellAudience } from '../presence/tell-presence.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { SettingsChanges } from '../protocol/settings/frames.ts';
import type { Settings } from '../protocol/settings/table.ts';
import { fanOutToMembers } from '../push/fan-out-to-members.ts';
import type { LastActiveStore } from '../stores/personal/last-active-store.ts';
import { type StoredSettings, settingsInForce } from '../stores/personal/settings.ts';
import type { SettingsStore } from '../stores/personal/settings-store.ts';
import { type EpochMillis, type Pause, settleMillis } from '../time.ts';

export type AskSettingsDeps = {
  readonly settings: Pick<SettingsStore, 'read'>;
  /** Who sees, by the operator's word, whether somebody is there who has said nothing of it. */
  readonly presenceDefault: Settings['presence'];
};

export type ChangeSettingsDeps = AskSettingsDeps &
  TellPresenceDeps & {
    readonly settings: SettingsStore;
    readonly lastActive: Pick<LastActiveStore, 'remove'>;
    readonly pause: Pause;
  };

/** Each lost race means that another device of the same person has changed them. */
const attempts = 20;

/** As they are in force. */
export async function askSettings(deps: AskSettingsDeps, userId: string): Promise<Settings> {
  return settingsInForce(deps.presenceDefault, await deps.settings.read(userId));
}

/**
 * Changes what is named, and tells the own other devices. Before the ack of what hides more than before it waits until nobody finds
 * the settings of before by a read that may be stale.
 */
export async function changeSettings(
  deps: ChangeSettingsDeps,
  { userId, connectionId }: { readonly userId: string; readonly connectionId: string },
  changes: SettingsChanges,
): Promise<Settings> {
  const { before, after } = await replaced(deps, userId, changes);
  const audience = { members: new Map([[userId, { userId, readSeq: 0 }]]) };
  const isOther = (each: { readonly connectionId: string }) => each.connectionId !== connectionId;
  // They are there, by this connection, and it is noted anew when they go.
  if (hasOtherAbsence(before, after)) await deps.lastActive.remove(userId);
  await Promise.all([
    hidesMore(before, after) && deps.pause(settleMillis),
    tellAudience(deps, userId, before, after),
    fanOutToMembers(deps, audience, { type: 'settings', ...after }, isOther),
  ]);
  return after;
}

async function replaced(
  deps: ChangeSettingsDeps,
  userId: string,
  changes: SettingsChanges,
): Promise<{ readonly before: Settings; readonly after: Settings }> {
  const named = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const inForce = (stored: StoredSettings | undefined) => settingsInForce(deps.presenceDefault, stored);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await deps.settings.read(userId);
    const changedAt = Math.max(deps.now(), (before?.changedAt ?? 0) + 1) as EpochMillis;
    const after: StoredSettings = { ...before, ...named, changedAt };
    if (await deps.settings.replace(userId, after, before))
      return { before: inForce(before), after: inForce(after) };
  }
  throw new ProtocolError('CONFLICT');
}

function hasOtherAbsence(before: Settings, after: Settings): boolean {
  return before.lastActive !== after.lastActive || before.presence !== after.presence;
}

const openness = { everyone: 2, contacts: 1, nobody: 0 } as const;

function hidesMore(before: Settings, after: Settings): boolean {
  return (
    (before.reads && !after.reads) ||
    (before.deliveries && !after.deliveries) ||
    openness[after.presence] < openness[before.presence]
  );
}
