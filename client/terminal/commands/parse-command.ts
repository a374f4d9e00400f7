import { listedNames } from '../../words/listed-names.ts';
import { userIdOf } from '../../words/person-name.ts';
import { typedPath } from '../files/typed-path.ts';
import type { Erasable } from './erasable.ts';
import { notAName, type PeopleCommand, parsePeople } from './parse-people.ts';

export type Command =
  /** `replyTo` 0: to what somebody else said last. */
  | { readonly kind: 'say'; readonly text: string; readonly replyTo?: number }
  | { readonly kind: 'open'; readonly userId: string }
  | { readonly kind: 'pick'; readonly position: number }
  | { readonly kind: 'group'; readonly title: string; readonly members: string[] }
  | { readonly kind: 'attach'; readonly path: string }
  | { readonly kind: 'save'; readonly seq: number; readonly path?: string }
  | {
      readonly kind:
        | 'history'
        | 'who'
        | 'list'
        | 'retry'
        | 'export'
        | 'withdraw'
        | 'help'
        | 'quit'
        | 'nothing';
    }
  | { readonly kind: 'edit'; readonly seq: number; readonly text: string }
  /** Into the conversation of that place in the list, or the direct one with somebody. */
  | { readonly kind: 'forward'; readonly seq: number; readonly to: number | string }
  | { readonly kind: 'recall'; readonly seq: number }
  | { readonly kind: 'search'; readonly text: string }
  | { readonly kind: 'erase'; readonly what: Erasable }
  | PeopleCommand
  | { readonly kind: 'mistake'; readonly message: string };

export const commandHelp = `/open NAME            talk with NAME
/open #2              go to the second conversation of the list
/group TITLE: A, B    begin a group
/list                 your conversations
/reply [12] TEXT      answers to message 12, or to what somebody else said last
/send PATH            a picture, sound, video or file
/save 12 [PATH]       keeps what message 12 brought
/react 12 👍          gives message 12 a reaction, /unreact takes it back; without a number the newest
/history              earlier messages of this conversation
/search WORDS         what all of these words stand in, newest first
/members              who is in this conversation, and as what (also /who)
/add A, B             adds people to this group
/remove A             takes somebody out of it
/role A admin         makes A admin, or member again; owner hands the group over
/title TITLE          what this group is called; /title - for nothing
/leave                you leave this group or room
/close                ends this group for everybody
/mute 8h              announces nothing of it for that long; /mute off
/pin 12               pins message 12 for everybody here, /unpin 12 takes it off; /pins lists them
/pin, /unpin          keeps this conversation at the top of your list, or no more
/hide, /unhide        leaves it out of the list
/block A, /unblock A  keeps A away from you; /blocked lists whom you block
/report 12 abuse      tells the moderators of message 12: spam, abuse, illegal or other
/retry                sends again what waits for somebody
/room TITLE           opens a room, which others enter by its id: /watch ID
/settings             what others see of you; /settings reads off
/devices              where you are signed in; /end 2 ends the second
/export               everything that is held about you, as a zip
/edit 12 TEXT         message 12, of yours, says TEXT now
/recall 12            takes message 12 back: what it says goes, its place stays
/forward 12 NAME      sends message 12 to NAME, too, or into /forward 12 #2 of the list
/erase message N      message number N, for everybody: yours, or in a group you lead
/erase conversation   all that you wrote in this conversation
/erase profile        your profile
/erase account        everything of yours
/withdraw             takes your agreement back: no chat until you agree again
/quit                 leave
//text                says a text that begins with a slash`;

const plain = new Map<string, Command>([
  ['/history', { kind: 'history' }],
  ['/who', { kind: 'who' }],
  ['/members', { kind: 'who' }],
  ['/retry', { kind: 'retry' }],
  ['/list', { kind: 'list' }],
  ['/export', { kind: 'export' }],
  ['/withdraw', { kind: 'withdraw' }],
  ['/help', { kind: 'help' }],
  ['/quit', { kind: 'quit' }],
]);

export function parseCommand(line: string): Command {
  const text = line.trim();
  if (text === '') return { kind: 'nothing' };
  if (text.startsWith('//')) return { kind: 'say', text: text.slice(1) };
  // Several lines were pasted, and nobody pastes a command by intention.
  if (!text.startsWith('/') || text.includes('\n')) return { kind: 'say', text };
  const [, name = '', rest = ''] = /^(\S+)\s*(.*)$/su.exec(text) ?? [];
  if (name === '/open') return parseOpen(rest);
  if (name === '/reply') return parseReply(rest);
  if (name === '/send') return parseSend(rest);
  if (name === '/save') return parseSave(rest);
  if (name === '/group') return parseGroup(rest);
  if (name === '/edit') return parseEdit(rest);
  if (name === '/forward') return parseForward(rest);
  if (name === '/recall') return parseRecall(rest);
  if (name === '/search')
    return rest === ''
      ? { kind: 'mistake', message: 'for what? /search ferry sunday' }
      : { kind: 'search', text: rest };
  if (name === '/erase') return parseErase(rest);
  return (
    plain.get(name) ??
    parsePeople(name, rest) ?? { kind: 'mistake', message: `${name} is not a command; /help lists them` }
  );
}

function parseOpen(rest: string): Command {
  if (/^#[1-9]\d*$/u.test(rest)) return { kind: 'pick', position: Number(rest.slice(1)) };
  if (rest === '' || /\s/u.test(rest)) return { kind: 'mistake', message: 'with whom? /open bob' };
  const userId = userIdOf(rest);
  return userId === undefined ? notAName(rest) : { kind: 'open', userId };
}

function parseReply(rest: string): Command {
  const [, seq = '0', text = ''] = /^(?:#?([1-9]\d{0,14})\s+)?(.*)$/su.exec(rest) ?? [];
  if (text === '') return { kind: 'mistake', message: 'what do you answer? /reply yes, or /reply 12 yes' };
  return { kind: 'say', text, replyTo: Number(seq) };
}

/** The rest of the line is the path, blanks and all. */
function parseSend(rest: string): Command {
  if (rest === '') return { kind: 'mistake', message: 'which file? /send picture.jpg' };
  return { kind: 'attach', path: typedPath(rest) };
}

function parseSave(rest: string): Command {
  const [, seq, path = ''] = /^#?([1-9]\d{0,15})(?:\s+(.+))?$/su.exec(rest) ?? [];
  if (seq === undefined) return { kind: 'mistake', message: 'which message? /save 12, as it says beside it' };
  return { kind: 'save', seq: Number(seq), ...(path !== '' && { path: typedPath(path) }) };
}

function parseGroup(rest: string): Command {
  const colon = rest.lastIndexOf(':');
  const title = rest.slice(0, colon).trim();
  const names = listedNames(rest.slice(colon + 1));
  if (colon < 0 || title === '' || names.length === 0)
    return { kind: 'mistake', message: 'a title and who is in it: /group holiday: bob, carol' };
  const wrong = names.find((name) => userIdOf(name) === undefined);
  if (wrong !== undefined) return notAName(wrong);
  return { kind: 'group', title, members: names.flatMap((name) => userIdOf(name) ?? []) };
}

function parseEdit(rest: string): Command {
  const [, seq, text = ''] = /^#?([1-9]\d{0,14})\s+(.+)$/su.exec(rest) ?? [];
  if (seq === undefined) return { kind: 'mistake', message: 'which message, and what? /edit 12 hello again' };
  return { kind: 'edit', seq: Number(seq), text };
}

function parseRecall(rest: string): Command {
  const [, seq] = /^#?([1-9]\d{0,14})$/u.exec(rest) ?? [];
  if (seq === undefined)
    return { kind: 'mistake', message: 'which message? /recall 12, as it says beside it' };
  return { kind: 'recall', seq: Number(seq) };
}

function parseForward(rest: string): Command {
  const [, seq, position, name = ''] = /^#?([1-9]\d{0,14})\s+(?:#([1-9]\d{0,5})|(\S+))$/su.exec(rest) ?? [];
  if (seq === undefined)
    return { kind: 'mistake', message: 'which message, and to whom? /forward 12 bob, or /forward 12 #2' };
  if (position !== undefined) return { kind: 'forward', seq: Number(seq), to: Number(position) };
  const userId = userIdOf(name);
  return userId === undefined ? notAName(name) : { kind: 'forward', seq: Number(seq), to: userId };
}

function parseErase(rest: string): Command {
  if (rest === 'conversation' || rest === 'profile' || rest === 'account')
    return { kind: 'erase', what: { scope: rest } };
  const [, seq] = /^message\s+#?([1-9]\d{0,14})$/u.exec(rest) ?? [];
  return seq === undefined
    ? { kind: 'mistake', message: 'what? /erase message 12, or conversation, profile, account' }
    : { kind: 'erase', what: { scope: 'message', seq: Number(seq) } };
}
