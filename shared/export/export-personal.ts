import { effectiveExpiry } from '../stores/expiry/expiry.ts';
import type { AskRetention, Retention } from '../stores/expiry/retention.ts';
import { isBlockedByEntry } from '../stores/personal/block-store.ts';
import type { PersonalRow, PersonalRowStore } from '../stores/personal/personal-row-store.ts';
import { type PushDevice, pushDevicesEntry } from '../stores/personal/push-device.ts';
import { type OwnReactions, toOwnReactions } from '../stores/reactions/own-reactions.ts';
import { type Exporter, earliestOf, lines } from './exporter.ts';

export type ExportPersonalDeps = {
  readonly personal: Pick<PersonalRowStore, 'list'>;
  /** Of messages; undefined where they are not stored. */
  readonly retention: AskRetention | undefined;
};

/**
 * Rows whose time is over are left out, whenever time to live takes them: of a reaction that of its message. So are those that say by
 * whom somebody is blocked: they are about the one who blocks, whose own export has them.
 */
export function exportPersonal({ personal, retention }: ExportPersonalDeps): Exporter {
  return async function* each({ userId, until }, after) {
    let from = after;
    for (;;) {
      const { rows, next } = await personal.list(userId, from);
      const last = rows.at(-1);
      if (last === undefined) return;
      const ruling = await retention?.();
      const own = rows.filter(({ entry }) => !isBlockedByEntry(entry));
      const kept = own.filter((row) => endOf(row, ruling) * 1000 > until);
      const reactions = kept.flatMap((row) => toOwnReactions(row) ?? []);
      yield {
        ...{ file: 'personal.jsonl', data: lines(kept.map(lineOf)), after: last.entry },
        ...(ruling && { earliestEnd: earliestOf(reactions.map((row) => effectiveExpiry(row, ruling))) }),
        earliestSent: earliestOf(reactions.map(({ sentAt }) => sentAt)),
      };
      if (next === undefined) return;
      from = next;
    }
  };
}

function endOf(row: PersonalRow, ruling: Retention | undefined): number {
  const reactions = toOwnReactions(row);
  if (reactions !== undefined && ruling !== undefined) return effectiveExpiry(reactions, ruling);
  return typeof row['expiresAt'] === 'number' ? row['expiresAt'] : Number.POSITIVE_INFINITY;
}

function lineOf(row: PersonalRow): object {
  if (row.entry === pushDevicesEntry) return { entry: row.entry, devices: devicesIn(row) };
  const reactions = toOwnReactions(row);
  return reactions === undefined ? row : { entry: row.entry, ...shown(reactions) };
}

/** That they are notified, and not by which token: whoever has it can reach the device. */
function devicesIn({ devices }: PersonalRow): readonly object[] {
  return (devices as readonly PushDevice[]).map(({ tokenId: _, ...each }) => each);
}

/** Not whether somebody else sees it: that would say who blocks them. */
function shown({ conversationId, seq, given, expiresAt }: OwnReactions): object {
  return { conversationId, seq, given: given.map(({ emoji, at }) => ({ emoji, at })), expiresAt };
}
