import type { ChatEvent } from './table.ts';

/** What an event says, behind the name of who did it: such as `added ann and bob`. */
export function eventWords(event: ChatEvent): string {
  if (event.event === 'title') return 'changed the title';
  const { added = [], removed = [], left, roles = {}, closed } = event;
  const given = Object.entries(roles).map(([userId, role]) => `made ${userId} ${article[role]}`);
  const said = [
    ...(added.length > 0 ? [`added ${list(added)}`] : []),
    ...(removed.length > 0 ? [`removed ${list(removed)}`] : []),
    ...(left !== undefined ? ['left'] : []),
    ...given,
    ...(closed === true ? ['closed the group'] : []),
  ];
  return list(said);
}

const article = { owner: 'owner', admin: 'an admin', member: 'a member' } as const;

function list(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
