import type { Fields } from '../../../wire/actions.ts';
import { listedNames } from '../../../words/listed-names.ts';
import { userIdOf } from '../../../words/person-name.ts';

export type WrittenChat = {
  readonly other: string;
  readonly title: string;
  readonly members: string;
  readonly room: string;
};

/** A room that there is, or what to ask the server for. */
export type NewChat = Fields<'open'> | { readonly kind: 'watch'; readonly conversationId: string };
export type ChatKind = 'direct' | 'group' | 'room';

/** What to ask the server for, or what is wrong with what was written. */
export function newChatFields(
  kind: ChatKind,
  { other, title, members, room }: WrittenChat,
  me: string,
): NewChat | string {
  if (kind === 'room') return roomFields(room.trim());
  const names = kind === 'direct' ? listed(other.trim()) : listedNames(members);
  const wrong = names.find((name) => userIdOf(name) === undefined);
  const ids = names.flatMap((name) => userIdOf(name) ?? []).filter((id) => kind === 'direct' || id !== me);
  if (wrong === undefined && ids.length === 0)
    return kind === 'direct' ? 'Please enter a name.' : 'Please enter at least one name.';
  if (wrong !== undefined) return `“${wrong}” cannot be a name here.`;
  if (kind === 'group' && title.trim() === '') return 'Please give the group a title.';
  return kind === 'direct' ? { kind, members: ids } : { kind, members: ids, title: title.trim() };
}

const listed = (name: string): readonly string[] => (name === '' ? [] : [name]);

function roomFields(written: string): NewChat | string {
  if (written === '') return 'Please enter a title or an address.';
  if (/^r-[\w-]{16,62}$/u.test(written)) return { kind: 'watch', conversationId: written };
  return { kind: 'room', members: [], title: written };
}
