import type { HoldTarget } from '../privacy/holds.ts';
import { holdKey, privacyPartitions, receiptPartition } from '../privacy/privacy-keys.ts';
import { decisionKey, reportKey } from '../reports/report-item.ts';
import type { Fact, RowChange } from './fact.ts';

/** Undefined: a write that nobody is told of, such as what only the service itself keeps. */
export function factOf({ table, change, keys }: RowChange): Fact | undefined {
  if (table === 'privacy') return privacyFactOf(String(keys['record']), String(keys['at']), change);
  if (change !== 'INSERT') return undefined;
  if (table === 'reports') return reportFactOf(String(keys['reportId']), String(keys['entry']));
  // No id has this character: what a legal hold keeps of a message, and refusals of an age, which are nobody's to know.
  if (/#/.test(String(keys['conversationId'] ?? keys['userId']))) return undefined;
  const conversationId = String(keys['conversationId']);
  if (table === 'messages') return { of: 'message', conversationId, seq: Number(keys['seq']) };
  if (table === 'changes') return { of: 'change', conversationId, rev: Number(keys['rev']) };
  return { of: 'consent', userId: String(keys['userId']), entry: Number(keys['entry']) };
}

function reportFactOf(reportId: string, entry: string): Fact | undefined {
  if (entry === reportKey(reportId).entry) return { of: 'report', reportId };
  if (entry === decisionKey(reportId).entry) return { of: 'decision', reportId };
  return undefined;
}

function privacyFactOf(record: string, at: string, change: RowChange['change']): Fact | undefined {
  const receipts = receiptPartition('');
  if (record.startsWith(receipts))
    // Of the same request the latest receipt stays: it takes the place of the one before.
    return change === 'REMOVE'
      ? undefined
      : { of: 'receipt', userId: record.slice(receipts.length), requestId: at };
  if (record === privacyPartitions.exports)
    return change === 'INSERT' ? { of: 'export', userId: at } : undefined;
  // A hold that is being lifted is there until nothing is kept back any more.
  if (record !== privacyPartitions.holds || change === 'MODIFY') return undefined;
  const target = holdTargetOf(at);
  return target && { of: 'hold', isPlaced: change === 'INSERT', target };
}

function holdTargetOf(at: string): HoldTarget | undefined {
  const user = holdKey({ kind: 'user', userId: '' }).at;
  if (at.startsWith(user)) return { kind: 'user', userId: at.slice(user.length) };
  const conversation = holdKey({ kind: 'conversation', conversationId: '' }).at;
  if (!at.startsWith(conversation)) return undefined;
  return { kind: 'conversation', conversationId: at.slice(conversation.length) };
}
