import type { ChatEvent } from '../../shared/protocol/messages/table.ts';
import { personName } from './person-name.ts';

const given = { owner: 'the owner', admin: 'an admin', member: 'a member like others' } as const;

/** An event as a sentence, such as `Alice added Bob and you`. */
export function eventWords(event: ChatEvent, from: string, me: string | undefined): string {
  const who = from === me ? 'You' : personName(from);
  if (event.event === 'title') return `${who} changed the title`;
  const { added = [], removed = [], left, roles = {}, closed } = event;
  const name = (userId: string) => (userId === me ? 'you' : personName(userId));
  const made = Object.entries(roles).map(([userId, role]) => `made ${name(userId)} ${given[role]}`);
  const acts = [
    ...(added.length > 0 ? [`added ${listed(added.map(name))}`] : []),
    ...(removed.length > 0 ? [`removed ${listed(removed.map(name))}`] : []),
    ...(left === undefined ? [] : ['left']),
    ...made,
    ...(closed === true ? ['closed the group'] : []),
  ];
  return `${who} ${acts.length > 0 ? listed(acts) : 'changed the group'}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
