import { isEmoji } from '../../../shared/protocol/reactions/emoji.ts';
import { type ReportReason, reportReasons } from '../../../shared/protocol/safety/report-reasons.ts';
import type { MembersAct } from '../../lapse-client.ts';
import type { Fields } from '../../wire/actions.ts';
import { listedNames } from '../../words/listed-names.ts';
import { userIdOf } from '../../words/person-name.ts';

type Settings = Fields<'settings'>;

/** What has to do with the people of a conversation, or with what they see of oneself. */
export type PeopleCommand =
  | { readonly kind: 'members'; readonly change: MembersAct }
  | { readonly kind: 'mute'; readonly seconds: number }
  | { readonly kind: 'arrange'; readonly changes: { readonly pinned?: boolean; readonly hidden?: boolean } }
  | { readonly kind: 'block'; readonly userId: string; readonly blocked: boolean }
  | { readonly kind: 'report'; readonly seq: number; readonly reason: ReportReason }
  | { readonly kind: 'react'; readonly seq: number | undefined; readonly emoji: string; readonly on: boolean }
  | { readonly kind: 'pin'; readonly seq: number; readonly on: boolean }
  | { readonly kind: 'settings'; readonly changes: Settings }
  | { readonly kind: 'end'; readonly position: number }
  | { readonly kind: 'room'; readonly title: string }
  | { readonly kind: 'watch'; readonly conversationId: string }
  | { readonly kind: 'title'; readonly title: string | null }
  | { readonly kind: 'pins' }
  | { readonly kind: 'blocked' | 'devices' };

type Parsed = PeopleCommand | { readonly kind: 'mistake'; readonly message: string };

const mistake = (message: string): Parsed => ({ kind: 'mistake', message });

export const notAName = (name: string) =>
  ({ kind: 'mistake', message: `“${name}” cannot be a name here` }) as const;

const parsers = new Map<string, (rest: string) => Parsed>([
  ['/add', (rest) => people(rest, 'whom? /add bob, carol', (add) => ({ kind: 'members', change: { add } }))],
  [
    '/remove',
    (rest) => people(rest, 'whom? /remove bob', (remove) => ({ kind: 'members', change: { remove } })),
  ],
  ['/role', parseRole],
  ['/leave', () => ({ kind: 'members', change: { leave: true } })],
  ['/close', () => ({ kind: 'members', change: { close: true } })],
  ['/mute', parseMute],
  ['/pin', (rest) => parsePin(rest, true)],
  ['/unpin', (rest) => parsePin(rest, false)],
  ['/pins', () => ({ kind: 'pins' })],
  ['/hide', () => ({ kind: 'arrange', changes: { hidden: true } })],
  ['/unhide', () => ({ kind: 'arrange', changes: { hidden: false } })],
  ['/block', (rest) => person(rest, (userId) => ({ kind: 'block', userId, blocked: true }))],
  ['/unblock', (rest) => person(rest, (userId) => ({ kind: 'block', userId, blocked: false }))],
  ['/blocked', () => ({ kind: 'blocked' })],
  ['/report', parseReport],
  ['/react', (rest) => parseReact(rest, true)],
  ['/unreact', (rest) => parseReact(rest, false)],
  ['/settings', parseSettings],
  ['/devices', () => ({ kind: 'devices' })],
  ['/end', parseEnd],
  [
    '/title',
    (title) =>
      title === ''
        ? mistake('what is it called? /title Saturday, or /title - for nothing')
        : { kind: 'title', title: title === '-' ? null : title },
  ],
  ['/room', (title) => (title === '' ? mistake('a title: /room Town square') : { kind: 'room', title })],
  [
    '/watch',
    (rest) =>
      /^[\w-]{1,64}$/u.test(rest)
        ? { kind: 'watch', conversationId: rest }
        : mistake('which room? /watch and its id'),
  ],
]);

/** Undefined for what is none of these commands. */
export const parsePeople = (name: string, rest: string): Parsed | undefined => parsers.get(name)?.(rest);

function people(rest: string, hint: string, command: (userIds: string[]) => Parsed): Parsed {
  const names = listedNames(rest);
  const wrong = names.find((name) => userIdOf(name) === undefined);
  if (wrong !== undefined) return notAName(wrong);
  return names.length === 0 ? mistake(hint) : command(names.flatMap((name) => userIdOf(name) ?? []));
}

function person(rest: string, command: (userId: string) => Parsed): Parsed {
  if (rest === '') return mistake('whom? /block bob');
  const userId = userIdOf(rest);
  return userId === undefined ? notAName(rest) : command(userId);
}

function parseRole(rest: string): Parsed {
  const [, name = '', role] = /^(\S+)\s+(owner|admin|member)$/u.exec(rest) ?? [];
  const userId = userIdOf(name);
  if (role !== 'owner' && role !== 'admin' && role !== 'member')
    return mistake('who is to be what? /role bob admin, or member, or owner');
  return userId === undefined ? notAName(name) : { kind: 'members', change: { role: { userId, role } } };
}

const unitSeconds = { m: 60, h: 3_600, d: 86_400 } as const;

function parseMute(rest: string): Parsed {
  if (rest === 'off') return { kind: 'mute', seconds: 0 };
  const [, count, unit] = /^(\d{1,4})\s*([mhd])$/u.exec(rest) ?? [];
  if (unit !== 'm' && unit !== 'h' && unit !== 'd')
    return mistake('for how long? /mute 8h, 30m or 7d, or /mute off');
  return { kind: 'mute', seconds: Number(count) * unitSeconds[unit] };
}

function parseReport(rest: string): Parsed {
  const [, seq, word] = /^#?([1-9]\d{0,14})\s+([a-z]+)$/u.exec(rest) ?? [];
  const reason = reportReasons.find((each) => each === word);
  if (seq === undefined || reason === undefined)
    return mistake(`which message, and why? /report 12 ${reportReasons.join('|')}`);
  return { kind: 'report', seq: Number(seq), reason };
}

function parseReact(rest: string, on: boolean): Parsed {
  const [, seq, emoji = ''] = /^(?:#?([1-9]\d{0,14})\s+)?(\S+)$/u.exec(rest) ?? [];
  if (!isEmoji(emoji)) return mistake(`with which emoji? ${on ? '/react' : '/unreact'} 12 👍`);
  return { kind: 'react', seq: seq === undefined ? undefined : Number(seq), emoji, on };
}

/** Without a number it is the conversation, in one's own list. */
function parsePin(rest: string, on: boolean): Parsed {
  if (rest === '') return { kind: 'arrange', changes: { pinned: on } };
  const [, seq] = /^#?([1-9]\d{0,14})$/u.exec(rest) ?? [];
  return seq === undefined
    ? mistake(`which message? ${on ? '/pin' : '/unpin'} 12, as it says beside it`)
    : { kind: 'pin', seq: Number(seq), on };
}

const settingsHint =
  '/settings reads on|off, deliveries on|off, presence everyone|contacts|nobody, active minute|hour|day|never';

function parseSettings(rest: string): Parsed {
  if (rest === '') return { kind: 'settings', changes: {} };
  const [name = '', value = ''] = rest.split(/\s+/u);
  if ((name === 'reads' || name === 'deliveries') && (value === 'on' || value === 'off'))
    return { kind: 'settings', changes: { [name]: value === 'on' } };
  if (name === 'presence' && (value === 'everyone' || value === 'contacts' || value === 'nobody'))
    return { kind: 'settings', changes: { presence: value } };
  if (name === 'active' && (value === 'minute' || value === 'hour' || value === 'day' || value === 'never'))
    return { kind: 'settings', changes: { lastActive: value } };
  return mistake(settingsHint);
}

function parseEnd(rest: string): Parsed {
  if (!/^#?[1-9]\d{0,3}$/u.test(rest)) return mistake('which one? /end 2, as /devices numbers them');
  return { kind: 'end', position: Number(rest.replace('#', '')) };
}
