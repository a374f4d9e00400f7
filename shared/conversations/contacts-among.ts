import type { ConversationStore } from '../stores/conversations/conversation-store.ts';

/** Those of the others with whom the user shares a conversation. */
export type ContactsAmong = (userId: string, others: readonly string[]) => Promise<ReadonlySet<string>>;

const pageSize = 1_000;

/** Compares lists of conversations: one query a person, however large their groups are. */
export function contactsAmong(conversations: Pick<ConversationStore, 'listIds'>): ContactsAmong {
  async function sharesOneOf(own: ReadonlySet<string>, userId: string): Promise<boolean> {
    let after: string | undefined;
    do {
      const { ids, next } = await conversations.listIds(userId, pageSize, after);
      if (ids.some((id) => own.has(id))) return true;
      after = next;
    } while (after !== undefined);
    return false;
  }

  async function all(userId: string): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    let after: string | undefined;
    do {
      const { ids, next } = await conversations.listIds(userId, pageSize, after);
      for (const id of ids) found.add(id);
      after = next;
    } while (after !== undefined);
    return found;
  }

  return async (userId, others) => {
    if (others.length === 0) return new Set();
    const own = await all(userId);
    const shared = await Promise.all(others.map(async (other) => sharesOneOf(own, other)));
    return new Set(others.filter((_, index) => shared[index]));
  };
}
