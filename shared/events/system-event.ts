import type { EventKind } from '../configuration/event-kinds.ts';
import type { MessageContent } from '../protocol/messages/table.ts';
import type { ReportDecision } from '../stores/reports/report.ts';

/** What an app's own systems are told; see docs/events.md. Ids, times, counts and names of kinds: content only where it is asked for. */
export type SystemEvent = BusEvent & { readonly kind: EventKind };

/** As a bus takes it. */
export type BusEvent = {
  /** `lapse.message.sent`. */
  readonly detailType: string;
  readonly detail: EventDetail;
};

export type EventDetail = {
  /** Of the fact: the same however often it is delivered. */
  readonly eventId: string;
  readonly version: 1;
  /** ISO 8601. */
  readonly occurredAt: string;
} & EventFields;

export type EventFields = {
  readonly userId?: string;
  readonly conversationId?: string;
  readonly seq?: number;
  readonly seqs?: readonly number[];
  readonly rev?: number;
  /** Who wrote it, or who changed the members. */
  readonly from?: string;
  readonly sentAt?: string;
  readonly expiresAt?: string;
  readonly contentType?: string;
  readonly content?: MessageContent;
  /** It could not be read any more when this was published: nothing is told of it but where it was. */
  readonly ended?: true;
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
  readonly left?: readonly string[];
  readonly roles?: Readonly<Record<string, string>>;
  readonly closed?: true;
  readonly reportId?: string;
  readonly decision?: ReportDecision;
  readonly entry?: number;
  readonly policyVersion?: string;
  readonly requestId?: string;
  readonly scope?: string;
  readonly state?: string;
  /** Of a notification: whether the message names who is notified. */
  readonly mentioned?: boolean;
};
