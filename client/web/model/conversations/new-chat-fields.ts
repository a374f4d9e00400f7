import type { Fields } from '../../../wire/actions.ts';
import { isUserId, listedIds } from './user-id.ts';

export type WrittenChat = { readonly other: string; readonly title: string; readonly members: string };

/** What to ask the server for, or what is wrong with what was written. */
export function newChatFields(
  kind: 'direct' | 'group',
  { other, title, members }: WrittenChat,
  me: string,
): Fields<'open'> | string {
  const ids = kind === 'direct' ? [other.trim()] : listedIds(members).filter((id) => id !== me);
  const wrong = ids.find((id) => id !== '' && !isUserId(id));
  if (ids.join('') === '')
    return kind === 'direct' ? 'Please enter a name.' : 'Please enter at least one name.';
  if (wrong !== undefined) return `“${wrong}” cannot be a name here.`;
  if (kind === 'group' && title.trim() === '') return 'Please give the group a title.';
  if (kind === 'direct') return { kind, members: ids };
  return { kind, members: [...ids], title: title.trim() };
}
