import { mayMentionAll } from '../../../conversations/may-do-for-all.ts';
import type { LapseClient } from '../../../lapse-client.ts';
import { everybody, type Mentions, mentionsIn } from '../../../words/mention-words.ts';
import { personName } from '../../../words/person-name.ts';

/** As many pages of a large group are asked for; whom they do not name can be mentioned by nobody who uses this page. */
const mostPages = 10;

export type Mentionable = {
  /** The names that can stand behind `@` there, as far as they are known. */
  names(conversationId: string): readonly string[];
  /** Has the members of a large group come, once. */
  load(conversationId: string): void;
  in(conversationId: string, text: string): Mentions;
};

/** Who can be mentioned in a conversation: its other members, and all of them where one leads it. In a room nobody is called. */
export function mentionable(
  client: Pick<LapseClient, 'conversations' | 'roster' | 'hello'>,
  me: string,
): Mentionable {
  const rosters = new Map<string, readonly string[]>();
  const find = (id: string) => client.conversations().find(({ conversationId }) => conversationId === id);

  function people(id: string): readonly string[] {
    const members = find(id)?.members?.map(({ userId }) => userId) ?? rosters.get(id) ?? [];
    return members.filter((userId) => userId !== me);
  }

  function mayAll(id: string): boolean {
    const place = find(id);
    return place !== undefined && mayMentionAll(place, client.hello()?.rules);
  }

  async function read(id: string): Promise<void> {
    const all: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const { members, next } = await client.roster(id, cursor);
      all.push(...members);
      rosters.set(id, [...all]);
      if (next === undefined) return;
      cursor = next;
    }
  }

  return {
    names: (id) => [...people(id).map(personName), ...(mayAll(id) ? [everybody] : [])],
    load(id) {
      const summary = find(id);
      if (summary?.kind !== 'group' || summary.members !== undefined || rosters.has(id)) return;
      rosters.set(id, []);
      // Without a connection there are no names now, and the next `@` asks again.
      read(id).catch(() => rosters.delete(id));
    },
    in: (id, text) => mentionsIn(text, people(id), mayAll(id)),
  };
}
