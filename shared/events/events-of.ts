import type { EventKind } from '../configuration/event-kinds.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { Fact, RowChange } from '../stores/facts/fact.ts';
import { factOf } from '../stores/facts/fact-of.ts';
import type { FactStore } from '../stores/facts/fact-store.ts';
import { changedEvent, sentEvent, type Told } from './message-events.ts';
import {
  consentEvent,
  decisionEvent,
  erasureEvent,
  exportEvent,
  holdEvent,
  reportEvent,
  type Seen,
} from './row-events.ts';
import type { SystemEvent } from './system-event.ts';

export type SeenChange = RowChange & { /** ISO 8601. */ readonly at: string };

export type EventsOfDeps = {
  readonly facts: FactStore;
  readonly retention: AskRetention;
  readonly kinds: readonly EventKind[];
  readonly content: boolean;
};

export type EventOf = { readonly sequenceNumber: string; readonly event: SystemEvent };

/** What the operator wants to be told of some writes, in their order. Reads the rows that it takes, each kind in one call. */
export async function eventsOf(
  deps: EventsOfDeps,
  changes: readonly SeenChange[],
): Promise<readonly EventOf[]> {
  const seen = changes.flatMap(({ at, ...change }) => {
    const fact = factOf(change);
    if (fact === undefined || !mayBeMeant(fact, deps.kinds)) return [];
    return [{ fact, seen: { at, sequenceNumber: change.sequenceNumber } }];
  });
  const eventFor = await lookUp(
    deps,
    seen.map(({ fact }) => fact),
  );
  return seen.flatMap(({ fact, seen: when }) => {
    const event = eventFor(fact, when);
    if (event === undefined || !deps.kinds.includes(event.kind)) return [];
    return [{ sequenceNumber: when.sequenceNumber, event }];
  });
}

const kindsOf: Readonly<Record<Fact['of'], readonly EventKind[]>> = {
  message: ['message', 'membership'],
  change: ['message'],
  consent: ['consent'],
  report: ['moderation'],
  decision: ['moderation'],
  receipt: ['privacy'],
  export: ['privacy'],
  hold: ['privacy'],
};

const mayBeMeant = ({ of }: Fact, kinds: readonly EventKind[]): boolean =>
  kindsOf[of].some((kind) => kinds.includes(kind));

const ofKind = <Name extends Fact['of']>(facts: readonly Fact[], of: Name) =>
  facts.filter((fact): fact is Extract<Fact, { readonly of: Name }> => fact.of === of);

async function lookUp(
  { facts: store, retention, content }: EventsOfDeps,
  facts: readonly Fact[],
): Promise<(fact: Fact, seen: Seen) => SystemEvent | undefined> {
  const [changes, consents, decisions, receipts] = await Promise.all([
    store.changes(ofKind(facts, 'change')),
    store.consents(ofKind(facts, 'consent')),
    store.decisions(ofKind(facts, 'decision').map(({ reportId }) => reportId)),
    store.receipts(ofKind(facts, 'receipt')),
  ]);
  const edited = content ? changes.filter(({ kind }) => kind === 'edit') : [];
  const named = edited.flatMap(({ conversationId, seqs: [seq] }) =>
    seq === undefined ? [] : [{ conversationId, seq }],
  );
  const messages = await store.messages([...ofKind(facts, 'message'), ...named]);
  // What decides is the answer from after the rows were read.
  const told: Told | undefined = messages.length > 0 ? { content, retention: await retention() } : undefined;
  const messageAt = (conversationId: string, seq: number | undefined) =>
    messages.find(({ header }) => header.conversationId === conversationId && header.seq === seq);

  return (fact, seen) => {
    switch (fact.of) {
      case 'message':
        return sentEvent(fact, messageAt(fact.conversationId, fact.seq), told, seen.at);
      case 'change': {
        const change = changes.find(
          ({ conversationId, rev }) => conversationId === fact.conversationId && rev === fact.rev,
        );
        return changedEvent(fact, change, messageAt(fact.conversationId, change?.seqs[0]), told);
      }
      case 'consent':
        return consentEvent(
          fact,
          consents.find(({ userId, entry }) => userId === fact.userId && entry === fact.entry),
        );
      case 'report':
        return reportEvent(fact, seen);
      case 'decision':
        return decisionEvent(
          fact,
          decisions.find(({ reportId }) => reportId === fact.reportId),
          seen,
        );
      case 'receipt':
        return erasureEvent(
          fact,
          receipts.find(({ userId, requestId }) => userId === fact.userId && requestId === fact.requestId),
        );
      case 'export':
        return exportEvent(fact, seen);
      case 'hold':
        return holdEvent(fact, seen);
    }
  };
}
