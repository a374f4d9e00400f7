import type { MembersEvent } from '../protocol/messages/table.ts';
import type { Change } from '../stores/changes/change.ts';
import { isReadable } from '../stores/expiry/expiry.ts';
import type { RetentionAt } from '../stores/expiry/retention.ts';
import type { Fact } from '../stores/facts/fact.ts';
import type { StoredMessage } from '../stores/facts/fact-store.ts';
import { neverStored } from '../stores/messages/room-log-store.ts';
import { eventId } from './event-id.ts';
import type { EventFields, SystemEvent } from './system-event.ts';

type MessageFact = Extract<Fact, { readonly of: 'message' }>;
type ChangeFact = Extract<Fact, { readonly of: 'change' }>;

export type Told = { readonly content: boolean; readonly retention: RetentionAt };

const iso = (millis: number): string => new Date(millis).toISOString();

/** Of a message as it stands now: what has ended, been erased or taken back meanwhile is told of by its number alone. */
export function sentEvent(
  { conversationId, seq }: MessageFact,
  stored: StoredMessage | undefined,
  told: Told | undefined,
  seenAt: string,
): SystemEvent | undefined {
  // A number that was given out and never used.
  if (stored?.header.tombstonedAt === neverStored) return undefined;
  const base = { eventId: eventId('message', conversationId, seq), version: 1 } as const;
  const readable = readableIn(stored, told);
  if (readable === undefined) {
    const occurredAt = stored === undefined ? seenAt : iso(stored.header.sentAt);
    const detail = { ...base, occurredAt, conversationId, seq, ended: true } as const;
    return { kind: 'message', detailType: 'lapse.message.sent', detail };
  }
  const { message } = readable;
  const { content, from, sentAt, expiresAt } = message;
  const common = { ...base, occurredAt: iso(sentAt), conversationId, seq, from };
  if (content.type === 'event') {
    if (content.event === 'title')
      return { kind: 'membership', detailType: 'lapse.membership.titled', detail: common };
    const detail = { ...common, ...comings(content) };
    return { kind: 'membership', detailType: 'lapse.membership.changed', detail };
  }
  const fields: EventFields = {
    sentAt: iso(sentAt),
    expiresAt: iso(expiresAt * 1000),
    contentType: content.type,
    ...(told?.content === true && { content }),
  };
  return { kind: 'message', detailType: 'lapse.message.sent', detail: { ...common, ...fields } };
}

const detailTypes = {
  edit: 'lapse.message.edited',
  recall: 'lapse.message.recalled',
  erase: 'lapse.message.erased',
} as const;

/** Reactions and pins are told to nobody; nor is a change of what has ended for so long that its row is gone. */
export function changedEvent(
  { conversationId, rev }: ChangeFact,
  change: Change | undefined,
  stored: StoredMessage | undefined,
  told: Told | undefined,
): SystemEvent | undefined {
  if (change === undefined || change.kind === 'react' || change.kind === 'pin') return undefined;
  const message = change.kind === 'edit' ? readableIn(stored, told)?.message : undefined;
  // What it says by now belongs to a later event, which is to come.
  const says = told?.content === true && message?.rev === rev;
  const detail = {
    eventId: eventId('change', conversationId, rev),
    version: 1,
    occurredAt: iso(change.at),
    conversationId,
    seqs: change.seqs,
    rev,
    ...(says && { content: message.content }),
  } as const;
  return { kind: 'message', detailType: detailTypes[change.kind], detail };
}

function readableIn(stored: StoredMessage | undefined, told: Told | undefined): StoredMessage | undefined {
  if (stored === undefined || told === undefined || stored.header.recalledAt !== undefined) return undefined;
  return isReadable(stored.header, told.retention) ? stored : undefined;
}

function comings({ added, removed, left, roles, closed }: MembersEvent): EventFields {
  return {
    ...(added !== undefined && { added }),
    ...(removed !== undefined && { removed }),
    ...(left !== undefined && { left }),
    ...(roles !== undefined && { roles }),
    ...(closed !== undefined && { closed }),
  };
}
