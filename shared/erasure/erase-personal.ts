import type { TakeOffReactions } from '../reactions/take-off-reactions.ts';
import { counterpartOf } from '../stores/personal/block-store.ts';
import type { PersonalRow, PersonalRowStore } from '../stores/personal/personal-row-store.ts';
import { type PushDevice, pushDevicesEntry } from '../stores/personal/push-device.ts';
import { reportIdIn } from '../stores/personal/reported-store.ts';
import type { AskHolds } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import { type OwnReactions, toOwnReactions } from '../stores/reactions/own-reactions.ts';
import type { ReporterStore } from '../stores/reports/reporter-store.ts';
import { type EpochMillis, epochMillis } from '../time.ts';
import type { Eraser, ErasureMeaning } from './eraser.ts';
import type { ReturnedAt } from './returned-at.ts';

export type ErasePersonalDeps = {
  readonly personal: PersonalRowStore;
  /** Undefined where nobody reports anything. */
  readonly reporters: Pick<ReporterStore, 'forget'> | undefined;
  /** Undefined where messages are not stored: nobody reacts to any. */
  readonly takeOff: TakeOffReactions | undefined;
  /** Takes devices away that are notified, with their tokens. */
  readonly endPushDevices: (userId: string, isMeant?: (device: PushDevice) => boolean) => Promise<number>;
  readonly returnedAt: ReturnedAt;
};

/**
 * A page of what somebody has for themselves. No hold keeps it, but for what they have given to messages, which goes from these too.
 * Who has come back meanwhile has the rest anew, but for devices that were registered before.
 */
export function erasePersonal(deps: ErasePersonalDeps): Eraser {
  return async (request, askHolds, after) => {
    const { userId } = request;
    const isBack = (await deps.returnedAt(request)) !== undefined;
    const { rows, next } = await deps.personal.list(userId, after);
    const isReaction = (row: PersonalRow) => deps.takeOff !== undefined && toOwnReactions(row) !== undefined;
    const given = rows.filter(isReaction).flatMap((row) => toOwnReactions(row) ?? []);
    const hasDevices = rows.some(({ entry }) => entry === pushDevicesEntry);
    if (hasDevices) await eraseDevices(deps, request, isBack);
    const others = isBack
      ? []
      : rows.filter((row) => !isReaction(row) && row.entry !== pushDevicesEntry).map(({ entry }) => entry);
    const reactions = await eraseReactions(deps, request, isBack, given, askHolds);
    await eraseOthers(deps, userId, others);
    const again = await deps.personal.list(userId, after);
    const devicesGone = hasDevices && !isBack;
    const gone = new Set([...others, ...(devicesGone ? [pushDevicesEntry] : [])]);
    const found = again.rows.filter((row) =>
      isReaction(row) ? reactions.isMeant(toOwnReactions(row)) : gone.has(row.entry),
    ).length;
    return {
      deleted: gone.size + reactions.deleted,
      found,
      held: reactions.held,
      ...(next !== undefined && { after: next }),
    };
  };
}

/** Not by their row, which is gone before the tokens to which it leads. */
async function eraseDevices(
  { endPushDevices }: ErasePersonalDeps,
  { userId, writtenBy }: ErasureMeaning,
  isBack: boolean,
): Promise<void> {
  await endPushDevices(userId, isBack ? ({ registeredAt }) => registeredAt <= writtenBy : undefined);
}

const endOfTime = epochMillis(Number.MAX_SAFE_INTEGER);

async function eraseReactions(
  { takeOff }: ErasePersonalDeps,
  { userId, writtenBy }: ErasureMeaning,
  isBack: boolean,
  given: readonly OwnReactions[],
  askHolds: AskHolds,
) {
  // Who is not back can have given something later only by a frame that was under way.
  const givenBy: EpochMillis = isBack ? writtenBy : endOfTime;
  const keys = new Set(given.map(keyOf));
  const isMeant = (row: OwnReactions | undefined): boolean =>
    row !== undefined && keys.has(keyOf(row)) && row.given.some(({ at }) => at <= givenBy);
  const meant = given.filter(isMeant);
  if (takeOff === undefined || meant.length === 0) return { deleted: 0, held: 0, isMeant };
  const conversations = [...new Set(meant.map(({ conversationId }) => conversationId))];
  const holds = await askHolds({ users: [userId], conversations });
  const going = meant.filter(({ conversationId }) => !isOnHold(holds, userId, conversationId));
  for (const row of going) await takeOff(userId, row, givenBy);
  return { deleted: going.length, held: meant.length - going.length, isMeant };
}

const keyOf = ({ conversationId, seq }: OwnReactions): string => `${conversationId} ${seq}`;

async function eraseOthers(
  { personal, reporters }: ErasePersonalDeps,
  userId: string,
  entries: readonly string[],
): Promise<void> {
  // First, while these lead there.
  for (const entry of entries) {
    const counterpart = counterpartOf(userId, entry);
    if (counterpart !== undefined) await personal.remove(counterpart.userId, [counterpart.entry]);
  }
  // What was reported after the step of the reports had looked.
  const reported = entries.flatMap((entry) => reportIdIn(entry) ?? []);
  if (reported.length > 0) await reporters?.forget(userId, reported);
  await personal.remove(userId, entries);
}
