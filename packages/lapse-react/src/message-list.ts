import type { MessageBody } from 'lapse-client';
import type { Client } from './lapse-provider.ts';
import { keepList } from './same.ts';
import { createStore, type Store } from './store.ts';

export type MessageListState = {
  readonly messages: readonly MessageBody[];
  /** Whether there may be more before the first of them. */
  readonly hasOlder: boolean;
  readonly isLoading: boolean;
  /** Why the last page did not come; none while another one is asked for. */
  readonly error: unknown;
};

export type MessageList = Store<MessageListState> & {
  /** Asks for the page before the first of them; one at a time. */
  readonly loadOlder: () => Promise<void>;
};

/** The messages of one conversation and the pages before them. What is shown when it is opened is fetched by itself. */
export function messageList(client: Client, conversationId: string, atFirst: number): MessageList {
  let page = { hasOlder: true, isLoading: false, error: undefined as unknown };
  let told: () => void = () => undefined;
  let isBegun = false;

  function become(change: Partial<typeof page>): void {
    page = { ...page, ...change };
    told();
  }

  async function loadOlder(): Promise<void> {
    if (page.isLoading || !page.hasOlder) return;
    become({ isLoading: true, error: undefined });
    try {
      const hasOlder = await client.loadOlder(conversationId);
      become({ isLoading: false, hasOlder });
    } catch (error) {
      become({ isLoading: false, error });
    }
  }

  /** Once the conversation is known here: before that there is nothing to ask for. */
  function begin(): void {
    if (isBegun || client.state().name !== 'online') return;
    if (!client.conversations().some((each) => each.conversationId === conversationId)) return;
    isBegun = true;
    if (client.messages(conversationId).length < atFirst) void loadOlder();
  }

  const store = createStore<MessageListState>({
    read() {
      const messages = client.messages(conversationId);
      return { messages, ...page, hasOlder: page.hasOlder && messages[0]?.seq !== 1 };
    },
    keep(before, now) {
      const messages = keepList(before.messages, now.messages);
      const isAsBefore =
        messages === before.messages &&
        now.hasOlder === before.hasOlder &&
        now.isLoading === before.isLoading &&
        now.error === before.error;
      return isAsBefore ? before : { ...now, messages };
    },
    listen(changed) {
      told = changed;
      const one = (about: { readonly conversationId: string }) => {
        if (about.conversationId === conversationId) changed();
      };
      const some = (about: readonly { readonly conversationId: string }[]) => {
        if (about.some((each) => each.conversationId === conversationId)) changed();
      };
      const offs = [
        client.on('message', one),
        client.on('changed', one),
        client.on('reacted', one),
        client.on('pinned', one),
        client.on('older', one),
        client.on('expired', some),
        client.on('erased', some),
        // The list is told of before the state that says it is there, or after.
        client.on('state', begin),
        client.on('conversations', () => {
          begin();
          changed();
        }),
      ];
      begin();
      return () => {
        told = () => undefined;
        for (const off of offs) off();
      };
    },
  });
  return { ...store, loadOlder };
}
