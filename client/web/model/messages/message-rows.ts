import type { MessageBody } from '../../../../shared/protocol/messages/table.ts';
import type { Reaction } from '../../../../shared/protocol/reactions/table.ts';
import type { ChangeableUntil } from '../../../conversations/changeable-until.ts';
import { mentionsMe } from '../../../conversations/mentions-me.ts';
import type { Receipts } from '../../../conversations/receipt-marks.ts';
import { recalledWords } from '../../../words/content-text.ts';
import { customWords } from '../../../words/custom-words.ts';
import { eventWords } from '../../../words/event-words.ts';
import { everybody } from '../../../words/mention-words.ts';
import { personName } from '../../../words/person-name.ts';
import { roughly } from '../../../words/plain-duration.ts';
import { type MediaView, mediaOf, mediaOfAttachment } from '../media/media-view.ts';
import type { PendingMessage } from '../sending/pending-message.ts';
import { dayLabel, fullTime, timeOfDay } from '../words/day-label.ts';

export type MessageRow =
  | { readonly kind: 'day'; readonly key: string; readonly label: string }
  /** Somebody has come or gone. */
  | { readonly kind: 'event'; readonly key: string; readonly text: string; readonly time: string }
  /** What came is not what a message is made of: it is said to be there, and the others are shown. */
  | { readonly kind: 'failed'; readonly key: string }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly id: string;
      readonly from: string;
      readonly mine: boolean;
      /** The first of a group says who writes, the last says when. */
      readonly first: boolean;
      readonly last: boolean;
      /** Of media its caption, which may be empty. */
      readonly text: string;
      /** What it answers to, for as long as that can be read; the name is of who wrote it. */
      readonly quote?: Quote;
      /** The names that the text calls, and whether one is among them. */
      readonly called?: readonly string[];
      readonly toMe?: true;
      /** The text stands for what only another app shows. */
      readonly custom?: true;
      readonly media?: MediaView;
      readonly upload?: PendingMessage['upload'];
      readonly sentAt: number;
      readonly time: string;
      readonly expiry?: string;
      /** The same as an instant. */
      readonly expiresOn?: string;
      /** Of what the server has. */
      readonly seq?: number;
      /** Within the hour: then each message says for itself when it goes. */
      readonly soon: boolean;
      readonly status?: 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'waiting';
      /** Why it failed. */
      readonly reason?: string;
      readonly retryable: boolean;
      /** Whoever wrote it is blocked: it is shown when one asks for it. */
      readonly blocked: boolean;
      /** Whether one may have it erased: one's own, and what others wrote where one leads the group. */
      readonly erasable: boolean;
      /** One's own that the server has, which says something that can be said otherwise. */
      readonly editable: boolean;
      readonly edited?: true;
      /** That the server keeps, where one may pin. */
      readonly pinnable: boolean;
      readonly pinned?: true;
      /** That the server keeps, and somebody has written. */
      readonly forwardable: boolean;
      /** Taken from another message: whose, nobody is told. */
      readonly forwarded?: true;
      /** What it was given, in the order in which that was first given. */
      readonly reactions: readonly Reaction[];
    };

export type Quote = { readonly seq: number; readonly name: string; readonly text: string };
const forGood: ChangeableUntil = { edit: Number.POSITIVE_INFINITY, recall: Number.POSITIVE_INFINITY };

/** By the number of a message; undefined for what cannot be read, or by whom one blocks. */
export type QuoteOf = (seq: number) => Quote | undefined;

type SaidRow = Extract<MessageRow, { kind: 'message' }>;

type Line = Pick<MessageBody, 'id' | 'from' | 'sentAt' | 'expiresAt'> &
  Pick<PendingMessage, 'reason' | 'retryable' | 'upload'> & {
    readonly key: string;
    readonly day: string;
    readonly status: PendingMessage['status'];
    readonly text?: string;
    /** What the server has, which says the text and the media itself. */
    readonly message?: MessageBody;
    readonly media?: MediaView | undefined;
    readonly seq?: number;
    readonly replyTo?: number | undefined;
  };

/** What stands in a message's rows beside what it says itself. */
type Around = {
  readonly first: boolean;
  readonly last: boolean;
  readonly come: 'delivered' | 'read' | undefined;
  readonly day: string;
  readonly isBlocked: boolean;
  readonly isErasable: boolean;
  readonly quote: Quote | undefined;
  readonly mayPin: boolean;
  readonly changeable: ChangeableUntil;
};
type Made = {
  readonly rows: readonly MessageRow[];
  readonly around: string;
  readonly from: number;
  readonly to: number;
};

/** What was made of messages before: a message that reads the same gives the same rows. */
export type RowMemory = {
  readonly lines: WeakMap<object, Line>;
  readonly made: WeakMap<Line, Made>;
};
export const rowMemory = (): RowMemory => ({ lines: new WeakMap(), made: new WeakMap() });

/** What came may be no message at all, which must not take its neighbours along. */
const isEvent = ({ message }: Line): boolean => message?.content?.type === 'event';
const groupMs = 5 * 60_000;
const together = (a: Line | undefined, b: Line | undefined) =>
  a !== undefined &&
  b !== undefined &&
  a.from === b.from &&
  !isEvent(a) &&
  !isEvent(b) &&
  b.sentAt - a.sentAt < groupMs &&
  a.day === b.day;

/** The lines of an open conversation: what the server has, then what is still on its way there. */
export function messageRows(
  messages: readonly MessageBody[],
  pending: readonly PendingMessage[],
  me: string,
  now: number,
  receipts: Receipts = { read: 0, delivered: 0 },
  memory = rowMemory(),
  blocked: ReadonlySet<string> = new Set(),
  mayTakeAway: (author: string) => boolean = () => false,
  quoteOf: QuoteOf = () => undefined,
  mayPin = false,
  changeable: (sentAt: number) => ChangeableUntil = () => forGood,
): readonly MessageRow[] {
  function lineOf<Source extends object>(source: Source, make: () => Omit<Line, 'key' | 'day'>): Line {
    const known = memory.lines.get(source);
    if (known !== undefined) return known;
    const made = make();
    // The sender's id is the message's from before it is sent, so that its element stays the same.
    const line = { ...made, key: `${made.from} ${made.id}`, day: new Date(made.sentAt).toDateString() };
    memory.lines.set(source, line);
    return line;
  }
  const lines = [
    ...messages.map((message) => lineOf(message, () => ({ ...message, message, status: 'sent' }))),
    ...pending.map((sending) =>
      lineOf(sending, () => {
        const { attachment, ...message } = sending;
        const media = attachment && mediaOfAttachment(attachment);
        return { expiresAt: Number.NaN, ...message, from: me, media };
      }),
    ),
  ];

  function rowsOf(line: Line, index: number): readonly MessageRow[] {
    const before = lines[index - 1];
    const first = !together(before, line);
    const last = !together(line, lines[index + 1]);
    const come = line.from === me ? comeTo(line.seq, receipts) : undefined;
    const day = before?.day === line.day ? '' : dayLabel(line.sentAt, now);
    const isBlocked = blocked.has(line.from);
    const isErasable = line.from === me || mayTakeAway(line.from);
    const quote = line.replyTo === undefined ? undefined : quoteOf(line.replyTo);
    const place = { first, last, come, day, isBlocked, isErasable, quote, mayPin };
    const around = JSON.stringify(place);
    const known = memory.made.get(line);
    if (known?.around === around && known.from <= now && now < known.to) return known.rows;
    const event = eventRow(line, me);
    const { row, to } =
      event !== undefined
        ? { row: event, to: Number.POSITIVE_INFINITY }
        : rowOf(line, { ...place, changeable: changeable(line.sentAt) }, me, now);
    const rows =
      day === '' ? [row] : [{ kind: 'day', key: `day ${day} ${row.key}`, label: day } as const, row];
    memory.made.set(line, { rows, around, from: now, to });
    return rows;
  }

  return lines.flatMap((line, index) => {
    try {
      return rowsOf(line, index);
    } catch {
      return { kind: 'failed', key: line.key };
    }
  });
}

function comeTo(seq: number | undefined, { read, delivered }: Receipts): Around['come'] {
  if (seq === undefined || seq > delivered) return undefined;
  return seq <= read ? 'read' : 'delivered';
}

const saidIn = ({ message, text = '', media }: Line): Pick<Line, 'text' | 'media'> => {
  if (message === undefined) return { text, media };
  const { content } = message;
  if (content.type === 'text') return { text: content.text };
  if (content.type === 'recalled') return { text: recalledWords };
  if (content.type === 'custom') return { text: customWords(content.kind) };
  return content.type === 'event' ? {} : { text: content.caption ?? '', media: mediaOf(message) };
};

function eventRow({ message, key, from, sentAt }: Line, me: string): MessageRow | undefined {
  if (message?.content.type !== 'event') return undefined;
  return { kind: 'event', key, text: eventWords(message.content, from, me), time: timeOfDay(sentAt) };
}

function callsIn(message: MessageBody | undefined, me: string): Pick<SaidRow, 'called' | 'toMe'> {
  const { mentions = [], mentionsAll } = message ?? {};
  if (mentions.length === 0 && mentionsAll === undefined) return {};
  const called = [...mentions.map(personName), ...(mentionsAll === undefined ? [] : [everybody])];
  const isToMe = message !== undefined && message.from !== me && mentionsMe(message, me);
  return { called, ...(isToMe && { toMe: true }) };
}

const isEditable = (message: MessageBody | undefined): boolean =>
  message !== undefined && !['event', 'recalled', 'custom'].includes(message.content.type);

/** The row, and the instant from which it reads differently. */
function rowOf(
  line: Line,
  { first, last, come, isBlocked, isErasable, quote, mayPin, changeable }: Around,
  me: string,
  now: number,
) {
  const { key, id, from, upload, sentAt, expiresAt, seq, reason, retryable = false } = line;
  const { text = '', media } = saidIn(line);
  const mine = from === me;
  // What was forwarded is not the sender's own to edit.
  const until =
    line.message?.forwarded === true ? changeable.recall : Math.max(changeable.edit, changeable.recall);
  const left = Math.ceil(expiresAt - now / 1000);
  const rough = roughly(left);
  const isKept = Number.isFinite(expiresAt) && line.message?.recalledAt === undefined && seq !== undefined;
  const row: MessageRow = {
    kind: 'message',
    key,
    id,
    from,
    mine,
    first,
    last,
    text,
    sentAt,
    time: timeOfDay(sentAt),
    retryable,
    blocked: isBlocked,
    erasable: isErasable,
    editable: mine && isEditable(line.message) && now <= until,
    pinnable: mayPin && isKept,
    forwardable: isKept,
    ...(line.message?.pinnedAt !== undefined && { pinned: true }),
    ...(line.message?.forwarded === true && { forwarded: true }),
    ...(line.message?.editedAt !== undefined && { edited: true }),
    reactions: line.message?.reactions ?? [],
    // Not a number where messages are not stored, or not yet.
    soon: left < 3600,
    ...(Number.isFinite(expiresAt) && { expiry: rough.words, expiresOn: fullTime(expiresAt * 1000) }),
    ...(seq !== undefined && { seq }),
    ...(quote !== undefined && { quote }),
    ...(mine && { status: come ?? line.status }),
    ...(reason !== undefined && { reason }),
    ...(media !== undefined && { media }),
    ...(upload !== undefined && { upload }),
    ...(line.message?.content.type === 'custom' && { custom: true }),
    ...callsIn(line.message, me),
  };
  const to = Number.isFinite(expiresAt) ? (expiresAt - rough.from + 1) * 1000 : Number.POSITIVE_INFINITY;
  return { row, to: mine && now <= until ? Math.min(to, until + 1) : to };
}

/** After how long the rows read differently though nothing has happened. */
export function nextChangeMs(messages: readonly MessageBody[], now: number): number {
  return messages.some(({ expiresAt }) => expiresAt * 1000 - now < 120_000) ? 1_000 : 30_000;
}
