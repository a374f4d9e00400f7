import { ProtocolError } from '../protocol/errors.ts';
import type { SettingsChanges } from '../protocol/settings/frames.ts';
import type { Settings } from '../protocol/settings/table.ts';
import { type FanOutToMembersDeps, fanOutToMembers } from '../push/fan-out-to-members.ts';
import { defaultSettings, type StoredSettings } from '../stores/personal/settings.ts';
import type { SettingsStore } from '../stores/personal/settings-store.ts';
import { type EpochMillis, type Pause, settleMillis } from '../time.ts';

export type AskSettingsDeps = {
  readonly settings: Pick<SettingsStore, 'read'>;
  /** Who sees, by the operator's word, whether somebody is there who has said nothing of it. */
  readonly presenceDefault: Settings['presence'];
};

export type ChangeSettingsDeps = AskSettingsDeps &
  FanOutToMembersDeps & {
    readonly settings: SettingsStore;
    readonly pause: Pause;
  };

/** Each lost race means that another device of the same person has changed them. */
const attempts = 20;

/** As they are in force. */
export async function askSettings(deps: AskSettingsDeps, userId: string): Promise<Settings> {
  return inForce(deps, await deps.settings.read(userId));
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
  await Promise.all([
    hidesMore(before, after) && deps.pause(settleMillis),
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
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await deps.settings.read(userId);
    const changedAt = Math.max(deps.now(), (before?.changedAt ?? 0) + 1) as EpochMillis;
    const after: StoredSettings = { ...before, ...named, changedAt };
    if (await deps.settings.replace(userId, after, before))
      return { before: inForce(deps, before), after: inForce(deps, after) };
  }
  throw new ProtocolError('CONFLICT');
}

function inForce({ presenceDefault }: AskSettingsDeps, stored: StoredSettings | undefined): Settings {
  const { changedAt: _, ...chosen } = stored ?? { changedAt: 0 };
  return { ...defaultSettings(presenceDefault), ...chosen };
}

const openness = { everyone: 2, contacts: 1, nobody: 0 } as const;

function hidesMore(before: Settings, after: Settings): boolean {
  return (
    (before.reads && !after.reads) ||
    (before.deliveries && !after.deliveries) ||
    openness[after.presence] < openness[before.presence]
  );
}
