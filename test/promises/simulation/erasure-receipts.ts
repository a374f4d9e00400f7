import type { Item } from '../dynamodb/item.ts';
import { newLifeAt, storedAt } from '../oracle/new-life.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Violations } from '../oracle/violations.ts';
import { whatIsKept } from '../oracle/what-is-kept.ts';
import type { Cloud } from './cloud.ts';
import { textOf } from './marker.ts';
import type { Timeline } from './timeline.ts';

export type ErasureReceiptsDeps = {
  readonly cloud: () => Cloud;
  readonly oracle: () => Oracle;
  readonly violations: Violations;
  readonly time: Timeline;
  readonly sendTable: string;
  readonly privacyTable: string;
  readonly consentTable: string;
};

/** The second look at what was under way comes after a minute; where it is interrupted it goes on later. */
const secondLookMillis = 300_000;

/** A title soon ends by itself. No `open` that gave one so long before the erasure can still be under way. */
const titleLookMillis = 1_000;
const longestOpenMillis = 60_000;

/** Watches for receipts, and looks some time later whether anything is left of what they say is gone. */
export function watchReceipts({
  cloud,
  oracle,
  violations,
  time,
  sendTable,
  privacyTable,
  consentTable,
}: ErasureReceiptsDeps) {
  return (_tableName: string, _before: Item | undefined, after: Item | undefined): void => {
    const record = String(after?.['record']);
    if (after === undefined || !record.startsWith('receipts#') || after['state'] !== 'done') return;
    const userId = record.slice('receipts#'.length);
    time.after(secondLookMillis, () => lookAgain(userId, after));
    if (after['scope'] === 'account') time.after(titleLookMillis, () => lookForTitles(userId, after));
  };

  /** That it comes to an end is looked at when all is at rest. */
  function isLookedFor(userId: string): boolean {
    return [...cloud().database.items(privacyTable)].some(
      ({ record, at }) => record === 'late-looks' && String(at).startsWith(`${userId}#`),
    );
  }

  function lookForTitles(userId: string, { requestedAt }: Item): void {
    const { groupOf, writtenAt, holds } = oracle();
    const asked = Date.parse(String(requestedAt));
    for (const { where, marker, detail } of whatIsKept(cloud())) {
      if (marker.kind !== 'title' || marker.by !== userId) continue;
      const text = textOf(marker);
      if (writtenAt(text) + longestOpenMillis > asked) continue;
      const conversationId = groupOf(text);
      if (holds.isHeld({ from: userId, ...(conversationId !== undefined && { conversationId }) }, time.now()))
        continue;
      violations.add(`left after a receipt of account: title in ${where}`, `${text} ${detail}`);
    }
  }

  function lookAgain(userId: string, receipt: Item): void {
    if (isLookedFor(userId)) {
      time.after(secondLookMillis, () => lookAgain(userId, receipt));
      return;
    }
    const { scope, conversationId, seq, requestedAt } = receipt;
    const { byMarker, byObject, groupOf, setAt, writtenAt, holds } = oracle();
    const asked = Date.parse(String(requestedAt));
    const newLife = newLifeAt(cloud().database.items(consentTable), userId, asked);
    if (scope === 'account')
      for (const row of cloud().database.items(sendTable))
        if (row['userId'] === userId && Number(row['claimedAt'] ?? 0) < asked)
          violations.add('left after a receipt of account: idempotency row', String(row['sendKey']));
    for (const { where, marker, detail } of whatIsKept(cloud())) {
      const text = textOf(marker);
      if (marker.by !== userId || writtenAt(text) >= asked) continue;
      const message = byMarker(text) ?? (where === 'objects media' ? byObject(detail) : undefined);
      const isMeant =
        scope === 'account' ||
        (scope === 'profile' && marker.kind === 'profile') ||
        (scope === 'conversation' && (message?.conversationId ?? groupOf(text)) === conversationId) ||
        (scope === 'message' && message?.conversationId === conversationId && message?.seq === seq);
      // Sent after the erasure was asked for: not meant by it.
      if (!isMeant || (message !== undefined && message.sentAt > asked)) continue;
      if (scope === 'account' && storedAt(oracle(), text) >= newLife) continue;
      // A set that was under way on the other device came after it.
      if (scope === 'profile' && (setAt(text) ?? 0) > asked) continue;
      const within = message?.conversationId ?? groupOf(text);
      const held = { from: userId, ...(within !== undefined && { conversationId: within }) };
      if (holds.isHeld(held, time.now())) continue;
      violations.add(`left after a receipt of ${scope}: ${marker.kind} in ${where}`, `${text} ${detail}`);
    }
  }
}
