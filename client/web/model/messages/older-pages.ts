import type { LapseClient } from '../../../lapse-client.ts';
import { LapseError } from '../../../wire/lapse-error.ts';
import type { Older } from '../chat-view.ts';

/** What is loaded of each conversation's past. */
export type OlderPages = {
  state(conversationId: string): Older;
  /** Loads the latest page, unless it was loaded before. */
  first(conversationId: string): void;
  more(conversationId: string): void;
};

export function olderPages(client: Pick<LapseClient, 'loadOlder'>, changed: () => void): OlderPages {
  const states = new Map<string, Older>();
  const state = (conversationId: string) => states.get(conversationId) ?? 'unknown';

  function become(conversationId: string, next: Older): void {
    states.set(conversationId, next);
    changed();
  }

  async function load(conversationId: string): Promise<void> {
    become(conversationId, 'loading');
    try {
      become(conversationId, (await client.loadOlder(conversationId)) ? 'more' : 'none');
    } catch (error) {
      become(conversationId, 'unknown');
      if (!(error instanceof LapseError)) throw error;
    }
  }

  return {
    state,
    first(conversationId) {
      if (state(conversationId) === 'unknown') void load(conversationId);
    },
    more(conversationId) {
      if (state(conversationId) !== 'loading') void load(conversationId);
    },
  };
}
