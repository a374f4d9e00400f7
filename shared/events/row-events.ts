import type { Receipt } from '../protocol/erasure/table.ts';
import type { ConsentEntry } from '../stores/consents/consent-entry.ts';
import type { Fact } from '../stores/facts/fact.ts';
import type { DecisionRecord } from '../stores/reports/report.ts';
import { eventId } from './event-id.ts';
import type { SystemEvent } from './system-event.ts';

type Of<Name extends Fact['of']> = Extract<Fact, { readonly of: Name }>;

/** When and at which place of the stream it was seen: of what may happen to the same row again. */
export type Seen = { readonly at: string; readonly sequenceNumber: string };

export function consentEvent(
  { userId, entry }: Of<'consent'>,
  row: ConsentEntry | undefined,
): SystemEvent | undefined {
  if (row === undefined) return undefined;
  const { decision, decidedAt, policyVersion } = row;
  const id = { eventId: eventId('consent', userId, entry), version: 1 } as const;
  const detail = { ...id, occurredAt: new Date(decidedAt).toISOString(), userId, entry, policyVersion };
  return { kind: 'consent', detailType: `lapse.consent.${decision}`, detail };
}

export function reportEvent({ reportId }: Of<'report'>, { at, sequenceNumber }: Seen): SystemEvent {
  const id = eventId('report', reportId, sequenceNumber);
  return {
    kind: 'moderation',
    detailType: 'lapse.moderation.reported',
    detail: { eventId: id, version: 1, occurredAt: at, reportId },
  };
}

export function decisionEvent(
  { reportId }: Of<'decision'>,
  row: DecisionRecord | undefined,
  { sequenceNumber }: Seen,
): SystemEvent | undefined {
  if (row === undefined) return undefined;
  const { conversationId, seq, decision, decidedAt } = row;
  const id = eventId('decision', reportId, sequenceNumber);
  const occurredAt = new Date(decidedAt).toISOString();
  return {
    kind: 'moderation',
    detailType: 'lapse.moderation.decided',
    detail: { eventId: id, version: 1, occurredAt, reportId, conversationId, seq, decision },
  };
}

export function erasureEvent(
  { userId, requestId }: Of<'receipt'>,
  receipt: Receipt | undefined,
): SystemEvent | undefined {
  if (receipt === undefined) return undefined;
  const { state, scope, finishedAt } = receipt;
  const id = eventId('receipt', userId, requestId, state);
  const detail = {
    eventId: id,
    version: 1,
    occurredAt: finishedAt,
    userId,
    requestId,
    scope,
    state,
  } as const;
  return { kind: 'privacy', detailType: 'lapse.privacy.erasure', detail };
}

export function exportEvent({ userId }: Of<'export'>, { at, sequenceNumber }: Seen): SystemEvent {
  const id = eventId('export', userId, sequenceNumber);
  const detail = { eventId: id, version: 1, occurredAt: at, userId } as const;
  return { kind: 'privacy', detailType: 'lapse.privacy.export', detail };
}

export function holdEvent({ target, isPlaced }: Of<'hold'>, { at, sequenceNumber }: Seen): SystemEvent {
  const { kind, ...whose } = target;
  const id = eventId('hold', kind, ...Object.values(whose), sequenceNumber);
  const detail = { eventId: id, version: 1, occurredAt: at, ...whose } as const;
  return { kind: 'privacy', detailType: `lapse.privacy.hold-${isPlaced ? 'placed' : 'lifted'}`, detail };
}
