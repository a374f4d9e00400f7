import type { MessageBody } from '../../../../shared/protocol/messages/table.ts';
import { roughDuration } from '../../../words/plain-duration.ts';
import { type MediaView, mediaOf, mediaOfAttachment } from '../media/media-view.ts';
import type { PendingMessage } from '../sending/pending-message.ts';
import { dayLabel, fullTime, timeOfDay } from '../words/day-label.ts';

export type MessageRow =
  | { readonly kind: 'day'; readonly key: string; readonly label: string }
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
      readonly status?: 'sending' | 'sent' | 'read' | 'failed';
      /** Why it failed. */
      readonly reason?: string;
      readonly retryable: boolean;
    };

type Line = Pick<MessageBody, 'id' | 'from' | 'sentAt' | 'expiresAt'> &
  Pick<PendingMessage, 'reason' | 'retryable' | 'upload'> & {
    readonly status: PendingMessage['status'] | 'read';
    readonly text?: string;
    /** What the server has, which says the text and the media itself. */
    readonly message?: MessageBody;
    readonly media?: MediaView | undefined;
    readonly seq?: number;
  };

const groupMs = 5 * 60_000;
const sameDay = (a: number, b: number) => new Date(a).toDateString() === new Date(b).toDateString();
const together = (a: Line | undefined, b: Line | undefined) =>
  a !== undefined &&
  b !== undefined &&
  a.from === b.from &&
  b.sentAt - a.sentAt < groupMs &&
  sameDay(a.sentAt, b.sentAt);

/** The lines of an open conversation: what the server has, then what is still on its way there. */
export function messageRows(
  messages: readonly MessageBody[],
  pending: readonly PendingMessage[],
  me: string,
  now: number,
  readUpTo = 0,
): readonly MessageRow[] {
  const lines: Line[] = [
    ...messages.map((message): Line => ({ ...message, message, status: 'sent' })),
    ...pending.map(
      ({ attachment, ...message }): Line => ({
        expiresAt: Number.NaN,
        ...message,
        from: me,
        media: attachment && mediaOfAttachment(attachment),
      }),
    ),
  ];
  function rowsOf(line: Line, index: number): readonly MessageRow[] {
    const before = lines[index - 1];
    const newDay = before === undefined || !sameDay(before.sentAt, line.sentAt);
    const label = dayLabel(line.sentAt, now);
    const known =
      line.seq !== undefined && line.seq <= readUpTo ? { ...line, status: 'read' as const } : line;
    const row = rowOf(known, !together(before, line), !together(line, lines[index + 1]), me, now);
    return newDay ? [{ kind: 'day', key: `day ${label} ${row.key}`, label }, row] : [row];
  }

  return lines.flatMap((line, index) => {
    try {
      return rowsOf(line, index);
    } catch {
      return { kind: 'failed', key: keyOf(line) };
    }
  });
}

/** The sender's id is the message's from before it is sent, so that its element stays the same. */
const keyOf = ({ from, id }: Pick<Line, 'from' | 'id'>): string => `${from} ${id}`;

const saidIn = ({ message, text = '', media }: Line): Pick<Line, 'text' | 'media'> => {
  if (message === undefined) return { text, media };
  return message.content.type === 'text'
    ? { text: message.content.text }
    : { text: message.content.caption ?? '', media: mediaOf(message) };
};

function rowOf(line: Line, first: boolean, last: boolean, me: string, now: number): MessageRow {
  const { id, from, upload, sentAt, expiresAt, seq, status, reason, retryable = false } = line;
  const { text = '', media } = saidIn(line);
  const mine = from === me;
  return {
    kind: 'message',
    key: keyOf(line),
    id,
    from,
    mine,
    first,
    last,
    text,
    sentAt,
    time: timeOfDay(sentAt),
    retryable,
    // Not a number where messages are not stored, or not yet.
    soon: expiresAt - now / 1000 < 3600,
    ...(Number.isFinite(expiresAt) && {
      expiry: roughDuration(Math.ceil(expiresAt - now / 1000)),
      expiresOn: fullTime(expiresAt * 1000),
    }),
    ...(seq !== undefined && { seq }),
    ...(mine && { status }),
    ...(reason !== undefined && { reason }),
    ...(media !== undefined && { media }),
    ...(upload !== undefined && { upload }),
  };
}

/** After how long the rows read differently though nothing has happened. */
export function nextChangeMs(messages: readonly MessageBody[], now: number): number {
  const soonest = Math.min(...messages.map(({ expiresAt }) => expiresAt * 1000 - now));
  return soonest < 120_000 ? 1_000 : 30_000;
}
