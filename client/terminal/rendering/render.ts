import type { ConversationSummary } from '../../../shared/protocol/conversations/table.ts';
import { isMediaContent } from '../../../shared/protocol/messages/media-content.ts';
import type { MessageBody } from '../../../shared/protocol/messages/table.ts';
import type { HelloResult, Stored } from '../../../shared/protocol/session/table.ts';
import type { ClientState } from '../../events/client-state.ts';
import type { LapseError } from '../../wire/lapse-error.ts';
import { contentText } from '../../words/content-text.ts';
import { conversationName as nameOf } from '../../words/conversation-name.ts';
import { duration } from '../../words/duration.ts';
import { eventWords } from '../../words/event-words.ts';
import { personName } from '../../words/person-name.ts';
import { plainDuration } from '../../words/plain-duration.ts';
import type { Style } from '../screen/style.ts';
import { safeLine, safeLines } from './safe-text.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** Hours and minutes of this day, the date before them for another one. */
export function clockTime(sentAt: number, now: number): string {
  const date = new Date(sentAt);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}

export type MessageView = {
  readonly me: string | undefined;
  readonly now: number;
  /** The conversation's name, when it is not the open one. */
  readonly elsewhere?: string;
};

export function renderMessage(message: MessageBody, view: MessageView, style: Style): string {
  const { sentAt, expiresAt, from, content, seq, replyTo } = message;
  const mine = from === view.me;
  const where = view.elsewhere === undefined ? '' : style.dim(`[${safeLine(view.elsewhere)}] `);
  if (content.type === 'event')
    return style.dim(
      `${where}${clockTime(sentAt, view.now)} — ${safeLine(eventWords(content, from, view.me))}`,
    );
  const [first = '', ...rest] = safeLines(contentText(content));
  const name = (mine ? style.mine : style.other)(safeLine(personName(from)));
  const lives = Number.isFinite(expiresAt);
  const notes = [
    // The number is what `/erase message` asks for.
    ...(message.editedAt === undefined ? [] : ['edited']),
    ...(message.forwarded === undefined ? [] : ['forwarded']),
    ...(message.pinnedAt === undefined ? [] : ['pinned']),
    ...(isMediaContent(content) ? [`/save ${seq}`] : mine && lives ? [`no. ${seq}`] : []),
    // A quote would stay when what it quotes is gone.
    ...(replyTo === undefined ? [] : [`answers no. ${replyTo}`]),
    ...(lives ? [`expires in ${duration(expiresAt - view.now / 1000)}`] : []),
  ];
  const about = notes.length === 0 ? '' : style.dim(` (${notes.join(', ')})`);
  // Indented, so that a line break in a text cannot pass for another message.
  const more = rest.map((line) => `\n        ${line}`).join('');
  const time = style.dim(clockTime(sentAt, view.now));
  return `${where}${time} ${name}${mine ? style.dim(' ✓') : ''}: ${first}${more}${about}`;
}

/** What a person calls a conversation, as a terminal can show it. */
export const conversationName = (
  conversation: Pick<ConversationSummary, 'kind' | 'members' | 'title'>,
  me: string | undefined,
): string => safeLine(nameOf(conversation, me)).trim();

const kept = ({ stored, seconds }: Stored) =>
  stored ? `kept for ${plainDuration(seconds)}, then deleted` : 'passed on and never stored';

export function renderConsent({ consent, retention }: HelloResult, style: Style): string {
  const reason = {
    none: 'Before you chat, please read this.',
    stale: 'The policy has changed since you agreed. Please read this.',
    withdrawn: 'You have withdrawn your consent. To chat again, please read this.',
    granted: 'You have agreed to this.',
  }[consent.state];
  const where = consent.policyUrl === undefined ? '' : `, at ${safeLine(consent.policyUrl)}`;
  return [
    style.bold(reason),
    `  Policy: version ${safeLine(consent.policyVersion)}${where}`,
    `  Your messages are ${kept(retention.messages)}.`,
    `  Your profile is ${kept(retention.profiles)}.`,
    '  Both are used for this chat and nothing else.',
    '  Where you live and your birth date decide whether you are old enough. The date is not stored.',
  ].join('\n');
}

export type StateView = {
  /** The person already knows of the lost connection. */
  readonly away: boolean;
  /** There was a chat before, in which it has to be said why it stops. */
  readonly chatting: boolean;
  readonly waiting: number;
};

export function renderState(
  state: ClientState,
  { away, chatting, waiting }: StateView,
  style: Style,
): string | undefined {
  if (state.name === 'online' && away) return style.dim('connected again');
  if (state.name === 'reconnecting' && state.delayMs > 0 && !away) {
    const held = waiting === 0 ? '' : ` (${waiting} waiting to be sent)`;
    return style.dim(`reconnecting…${held}`);
  }
  if (state.name === 'consent-required' && chatting)
    return style.warning('your agreement is needed to go on: press Enter');
  if (state.name === 'refused')
    return style.warning(
      'the server does not accept how you are signed in: sign in and start the chat again',
    );
  if (state.name === 'closed' && state.reason !== undefined)
    return style.warning(
      endings.get(state.reason) ?? `the server has ended this session: ${safeLine(state.reason)}`,
    );
  return undefined;
}

const endings = new Map<string, string>([
  ['ACCOUNT_ERASED', 'your account is erased: this session is over'],
  ['CONSENT_WITHDRAWN', 'your agreement is withdrawn: start the chat again to give it anew'],
  ['ENDED', 'you were signed out here from another device'],
  ['TOO_MANY_CONNECTIONS', 'you have opened the chat in too many other places: start it again to go on here'],
]);

const advice = new Map<string, string>([
  ['NOT_CONNECTED', 'not connected just now, please try again'],
  ['NOT_FOUND', 'there is no such conversation, or no such message in it'],
  ['FORBIDDEN', 'you may not do that here'],
  ['WAITING', 'waits for the other person; /retry sends it again'],
  ['WINDOW_CLOSED', 'the time for that is over'],
  ['REVIEW_REFUSED', 'that is not accepted here'],
  ['REVIEW_UNAVAILABLE', 'that cannot be checked at present: please try again'],
  ['NOT_STORED', 'messages are not stored here, so there is no history'],
  ['CONSENT_STALE', 'the policy has changed meanwhile'],
  [
    'AGE_NOT_MET',
    'you are not yet old enough to use this chat where you live; for now no other date is taken',
  ],
  ['AGE_NOT_ASSURED', 'the app has to know your age first: ask whoever runs it'],
  [
    'JURISDICTION_UNKNOWN',
    'this chat is not offered there, or the code is wrong: KR, FR or CA-QC are such codes',
  ],
  ['INVALID_FRAME', 'the server does not accept this'],
  ['SENSITIVE_DATA', 'not sent: it looks like sensitive data, which does not belong here'],
  ['TOO_LARGE', 'not sent: it is too large'],
  ['MEDIA_MISMATCH', 'not sent: the file is damaged, or of a kind that is not accepted here'],
]);

export function renderError(error: LapseError, style: Style): string {
  return style.warning(advice.get(error.code) ?? safeLine(error.message));
}
