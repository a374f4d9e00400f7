import type { Item } from '../dynamodb/item.ts';
import type { Invocation } from '../simulation/invocation.ts';
import { type Marker, markersIn, textOf } from '../simulation/marker.ts';
import { type Ends, endsUnder, type Kind } from './ends.ts';
import { type Holding, holdings } from './holdings.ts';
import type { Violations } from './violations.ts';

/** A message as it was seen to be written. */
export type SeenMessage = {
  readonly conversationId: string;
  readonly seq: number;
  readonly from: string;
  readonly id: string;
  readonly markers: readonly string[];
  readonly mediaId: string | undefined;
  readonly sentAt: number;
  readonly expiresAt: number;
  erasedAt: number | undefined;
  goneBy: string | undefined;
};

/** Of a profile, or of a title. */
type SeenProfile = {
  readonly from: string;
  readonly conversationId?: string;
  readonly setAt: number;
  readonly sentAt: number;
  readonly expiresAt: number;
};

/** What somebody wants to be rid of. */
export type ErasureTarget = {
  readonly scope: 'account' | 'conversation' | 'message' | 'profile';
  readonly conversationId?: string;
  readonly seq?: number;
};

export type OracleDeps = {
  readonly now: () => number;
  readonly tables: Readonly<Record<'messages' | 'profiles' | 'privacy', string>>;
  readonly retentionSeconds: number;
  readonly violations: Violations;
  /** Who is at work: a function, or DynamoDB's time to live, or a bucket's rule. */
  readonly actor: () => string;
};

/** Knows from outside what there is and until when, and says what is not as it was promised. */
export type Oracle = {
  readonly ends: Ends;
  readonly holds: Holding;
  readonly messages: ReadonlyMap<string, SeenMessage>;
  message(conversationId: string, seq: number): SeenMessage | undefined;
  byMarker(text: string): SeenMessage | undefined;
  /** When the row says that this profile or title was set. */
  setAt(text: string): number | undefined;
  /** Of which group this is the title. */
  groupOf(text: string): string | undefined;
  onWrite(tableName: string, before: Item | undefined, after: Item | undefined): void;
  onObjectRemoved(key: string): void;
  /** A message has been shown to somebody. */
  shown(message: Item, invocation: Invocation, via: string): void;
  /** A profile or a title. */
  profileShown(kind: 'profile' | 'title', text: string, invocation: Invocation): void;
  acked(frame: Item, reply: Item): void;
  /** A page of history that begins and ends with these numbers must have all between them. */
  pageShown(conversationId: string, seqs: readonly number[], invocation: Invocation): void;
  erasureAsked(userId: string, target: ErasureTarget): void;
  /** Whose media lies in that object. */
  byObject(objectKey: string): SeenMessage | undefined;
  /** When the marker was first written. */
  mark(marker: Marker): string;
  writtenAt(text: string): number;
};

const kinds: ReadonlyMap<string, Kind> = new Map([
  ['message-retention', 'messages'],
  ['profile-retention', 'profiles'],
]);

/** `media/m-…/original`, or of an earlier release `media/g-…/…/original`. */
export const mediaIdIn = (objectKey: string): string => objectKey.split('/').at(-2) ?? '';

const slowestEndMillis = 30 * 60_000;

export function oracleOf(deps: OracleDeps): Oracle {
  const { now, tables, violations, actor } = deps;
  const ends = endsUnder(deps.retentionSeconds, now());
  const holds = holdings();
  const messages = new Map<string, SeenMessage>();
  const markers = new Map<string, SeenMessage>();
  const media = new Map<string, SeenMessage>();
  const sends = new Map<string, string>();
  const highest = new Map<string, number>();
  const profiles = new Map<string, SeenProfile>();
  const written = new Map<string, number>();
  const erasures = new Map<string, readonly (ErasureTarget & { readonly at: number })[]>();
  const key = (conversationId: unknown, seq: unknown) => `${conversationId} ${seq}`;

  return {
    ends,
    holds,
    messages,
    message: (conversationId, seq) => messages.get(key(conversationId, seq)),
    byMarker: (text) => markers.get(text),
    setAt: (text) => profiles.get(text)?.setAt,
    groupOf: (text) => profiles.get(text)?.conversationId,
    onWrite(tableName, before, after) {
      if (tableName === tables.messages) onMessage(before, after);
      if (tableName === tables.profiles) onProfile(before, after);
      if (tableName === tables.privacy) onRetention(after);
    },
    onObjectRemoved(objectKey) {
      const message = media.get(mediaIdIn(objectKey));
      if (!objectKey.startsWith('media/') || message === undefined) return;
      checkHeld(message, 'media of a held message lost');
      if (message.erasedAt === undefined && !isAsked(message) && ends.safeUntil(message) > now())
        violations.add(`media lost before its end, by ${actor()}`, objectKey);
    },
    shown(item, { startedAt, reads, functionName }, via) {
      const message = messages.get(key(item['conversationId'], item['seq']));
      const at = reads.get(key(item['conversationId'], item['seq'])) ?? startedAt;
      const name = key(item['conversationId'], item['seq']);
      if (message === undefined) {
        violations.add(`shown by ${via} and never written`, name);
        return;
      }
      if (!equalMarkers(message.markers, JSON.stringify(item)))
        violations.add(`shown by ${via} as something else`, name);
      if (ends.endOf(message) <= at)
        violations.add(
          `shown by ${via} after its end`,
          `${name} by ${functionName}: ${at - ends.endOf(message)} ms`,
        );
      if (message.erasedAt !== undefined && message.erasedAt <= at)
        violations.add(`shown by ${via} after its erasure`, name);
    },
    profileShown(kind, text, { startedAt }) {
      for (const marker of markersIn(text).map(textOf)) {
        const seen = profiles.get(marker);
        if (seen !== undefined && ends.endOf(seen, 'profiles') <= startedAt)
          violations.add(
            `${kind} shown after its end`,
            `${marker}: ${startedAt - ends.endOf(seen, 'profiles')} ms`,
          );
      }
    },
    pageShown(conversationId, seqs, { startedAt }) {
      const [first = 0, last = 0] = [Math.min(...seqs), Math.max(...seqs)];
      for (let seq = first + 1; seq < last; seq += 1) {
        const message = messages.get(key(conversationId, seq));
        if (message === undefined || seqs.includes(seq) || message.erasedAt !== undefined) continue;
        const isSafe = ends.safeUntil(message) > now() && message.goneBy === undefined;
        if (isSafe && message.sentAt < startedAt)
          violations.add('left out of history', key(conversationId, seq));
      }
    },
    acked(frame, reply) {
      const { conversationId, seq, expiresAt } = reply;
      const message = messages.get(key(conversationId, seq));
      if (message === undefined) {
        violations.add('acked and never written', key(conversationId, seq));
        return;
      }
      if (message.id !== frame['id']) violations.add('acked under another number', key(conversationId, seq));
      if (message.expiresAt !== expiresAt) violations.add('acked with another end', key(conversationId, seq));
    },
    byObject: (objectKey) => media.get(mediaIdIn(objectKey)),
    erasureAsked: (userId, target) =>
      void erasures.set(userId, [...(erasures.get(userId) ?? []), { ...target, at: now() }]),
    mark(marker) {
      const text = textOf(marker);
      written.set(text, now());
      return text;
    },
    writtenAt: (text) => written.get(text) ?? Number.POSITIVE_INFINITY,
  };

  function onMessage(before: Item | undefined, after: Item | undefined): void {
    const item = after ?? before ?? {};
    const { conversationId, seq } = item as { readonly conversationId: string; readonly seq: number };
    const name = key(conversationId, seq);
    const known = messages.get(name);
    if (before === undefined && after?.['from'] !== undefined) {
      appended(after, name);
      return;
    }
    if (known === undefined) return;
    if (after?.['from'] !== undefined && after['id'] !== known.id)
      violations.add('one message written over another', name);
    if (after === undefined) {
      if (before === undefined) return;
      if (before['from'] !== undefined) {
        checkHeld(known, 'held message lost');
        if (ends.safeUntil(known) > now() && !isAsked(known))
          violations.add(`message lost before its end, by ${actor()}`, name);
      }
      known.goneBy = actor();
    } else if (after['from'] === undefined && before?.['from'] !== undefined) {
      checkHeld(known, 'held message lost');
      if (!isAsked(known)) violations.add('erased and nobody asked for it', name);
      known.erasedAt = now();
    }
  }

  function appended(item: Item, name: string): void {
    const { conversationId, seq, from, id, sentAt } = item as never as SeenMessage;
    const { content } = item as Record<string, any>;
    const expiresAt = endIn(item);
    const last = highest.get(conversationId) ?? 0;
    if (seq <= last)
      violations.add(
        `a number given out twice, once deleted by ${messages.get(name)?.goneBy ?? 'nobody'}`,
        name,
      );
    else if (seq !== last + 1) violations.add('a gap in the numbers', `${name} after ${last}`);
    highest.set(conversationId, Math.max(last, seq));
    const send = `${conversationId} ${from} ${id}`;
    const earlier = sends.get(send);
    if (earlier !== undefined && !isForgotten(messages.get(earlier)))
      violations.add('one send written twice', `${name} and ${earlier}`);
    sends.set(send, name);
    const message: SeenMessage = {
      ...{ conversationId, seq, from, id, sentAt, expiresAt, mediaId: content?.mediaId },
      markers: markersIn(JSON.stringify(content)).map(textOf),
      erasedAt: undefined,
      goneBy: undefined,
    };
    messages.set(name, message);
    for (const text of message.markers) markers.set(text, message);
    if (message.mediaId !== undefined) media.set(message.mediaId, message);
  }

  /** A profile by its owner, a title by its group and with its author. */
  function onProfile(before: Item | undefined, after: Item | undefined): void {
    const item = (after ?? before ?? {}) as Record<string, any>;
    const { userId, by: author, updatedAt, renewedAt } = item;
    const of =
      author === undefined ? { from: userId } : { from: author, conversationId: userId.slice('#'.length) };
    const kind = author === undefined ? 'profile' : 'title';
    if (after === undefined) {
      checkProfileGone(kind, of, markersIn(JSON.stringify(item)).map(textOf));
      return;
    }
    const shown = { ...of, setAt: updatedAt, sentAt: renewedAt ?? updatedAt, expiresAt: endIn(after) };
    for (const text of markersIn(JSON.stringify(after)).map(textOf)) profiles.set(text, shown);
  }

  function checkProfileGone(
    kind: 'profile' | 'title',
    of: Pick<SeenProfile, 'from' | 'conversationId'>,
    texts: readonly string[],
  ): void {
    if (holds.isHeld(of, now())) violations.add(`held ${kind} lost, by ${actor()}`, of.from);
    const isAskedFor = (erasures.get(of.from) ?? []).some(
      ({ scope, conversationId }) =>
        scope === 'account' ||
        (kind === 'profile' ? scope === 'profile' : conversationId === of.conversationId),
    );
    for (const text of texts) {
      const seen = profiles.get(text);
      if (seen !== undefined && !isAskedFor && ends.safeUntil(seen) > now())
        violations.add(`${kind} lost before its end, by ${actor()}`, text);
    }
  }

  function onRetention(after: Item | undefined): void {
    const kind = kinds.get(String(after?.['record']));
    const { from, retentionSeconds } = (after as Record<string, any> | undefined)?.['periods']?.at(-1) ?? {};
    if (kind !== undefined) ends.noticed(kind, from * 1000, retentionSeconds);
  }

  function checkHeld(message: SeenMessage, kind: string): void {
    if (holds.isHeld(message, now()))
      violations.add(`${kind}, by ${actor()}`, key(message.conversationId, message.seq));
  }

  /** With the account went every record of what its owner has sent: whoever comes back and repeats a send sends it anew. */
  function isForgotten(message: SeenMessage | undefined): boolean {
    return (
      message?.erasedAt !== undefined &&
      (erasures.get(message.from) ?? []).some(
        ({ scope, at }) => scope === 'account' && message.sentAt < at + slowestEndMillis,
      )
    );
  }

  /** Until its first step has ended the consent an account's erasure means what is still written: a crash puts it off. */
  function isAsked({ from, sentAt, conversationId, seq }: SeenMessage): boolean {
    return (erasures.get(from) ?? []).some(
      (asked) =>
        sentAt < asked.at + slowestEndMillis &&
        (asked.scope === 'account' ||
          (asked.conversationId === conversationId && (asked.scope === 'conversation' || asked.seq === seq))),
    );
  }
}

/** Time to live may come later than the end. */
function endIn({ endsAt, expiresAt, heldExpiresAt }: Item): number {
  return Number(endsAt ?? expiresAt ?? heldExpiresAt);
}

function equalMarkers(wanted: readonly string[], shown: string): boolean {
  const found = markersIn(shown).map(textOf);
  return found.length === wanted.length && found.every((text) => wanted.includes(text));
}
