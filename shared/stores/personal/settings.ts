import type { Settings } from '../../protocol/settings/table.ts';
import type { EpochMillis } from '../../time.ts';
import type { Mark } from '../conversations/mark.ts';

/** What somebody has set, and nothing else: the rest is as the operator has it. */
export type ChosenSettings = Partial<Settings>;

export type StoredSettings = ChosenSettings & {
  /** Never the same twice: it tells one version from the next. */
  readonly changedAt: EpochMillis;
};

/** What somebody who has said nothing of it lets others learn. */
export function defaultSettings(presence: Settings['presence']): Settings {
  return { reads: true, deliveries: true, presence, lastActive: 'hour' };
}

/** What others learn of somebody who has chosen this. */
export function settingsInForce(
  presence: Settings['presence'],
  stored: StoredSettings | undefined,
): Settings {
  const { changedAt: _, ...chosen } = stored ?? { changedAt: 0 };
  return { ...defaultSettings(presence), ...chosen };
}

/** The marks that they neither show nor see. */
export function hiddenMarks({ reads, deliveries }: ChosenSettings): readonly Mark[] {
  return [
    ...(reads === false ? ['read' as const] : []),
    ...(deliveries === false ? ['delivered' as const] : []),
  ];
}
