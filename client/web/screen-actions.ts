import type { ChatScreenActions } from './dom/chat-screen.ts';
import type { Composer } from './dom/composer/composer.ts';
import type { MediaActions } from './dom/media/media-actions.ts';
import { pinFault } from './model/words/pin-fault.ts';
import { reactionFault } from './model/words/reaction-fault.ts';
import type { PageDialogs } from './page-dialogs.ts';
import type { PeopleDialogs } from './people-dialogs.ts';
import type { CurrentSession } from './session/current-session.ts';

export type ScreenActionsOptions = {
  readonly session: CurrentSession;
  readonly dialogs: PageDialogs;
  readonly people: () => PeopleDialogs | undefined;
  readonly composer: Composer;
  readonly media: MediaActions;
  readonly focusConversation: () => void;
  readonly announce: (words: string) => void;
  readonly focusList: (conversationId: string | undefined) => void;
};

/** What the buttons of the chat screen do, by the session of whoever is signed in. */
export function screenActions({
  session,
  dialogs,
  people,
  composer,
  media,
  focusConversation,
  announce,
  focusList,
}: ScreenActionsOptions): ChatScreenActions {
  function inOpen(act: (conversationId: string) => void): void {
    const conversationId = session.openId();
    if (conversationId !== undefined) act(conversationId);
  }

  return {
    media,
    open(conversationId) {
      session.get()?.chat.select(conversationId);
      session.get()?.show();
      focusConversation();
    },
    back: () => focusList(session.get()?.closeConversation()),
    toggleHidden: () => session.get()?.chat.toggleHidden(),
    older: () => session.get()?.chat.loadOlder(),
    startChat() {
      const current = session.get();
      if (current !== undefined) dialogs.newChat.ask(current.chat.start, current.userId);
    },
    account() {
      const current = session.get();
      if (current !== undefined) dialogs.account.show(current.userId, current.client.hello());
    },
    retry(id) {
      session.get()?.chat.pending.retry(id);
      composer.focus();
    },
    edit(id) {
      const draft = session.get()?.chat.pending.discard(id);
      if (draft === undefined) return;
      const { text, attachment, replyTo } = draft;
      composer.restore({ text, replyTo, attachments: attachment === undefined ? [] : [attachment] });
    },
    change: (seq, text) => inOpen((conversationId) => people()?.edit.ask(conversationId, seq, text)),
    pin(seq, on) {
      const conversationId = session.openId();
      if (conversationId !== undefined)
        session
          .get()
          ?.client.pin(conversationId, seq, on)
          .then(
            () => announce(on ? 'Pinned for everybody here' : 'Not pinned any more'),
            (fault: unknown) => announce(pinFault(fault)),
          );
    },
    pins: () => people()?.pins.show(),
    reply: (seq) => composer.reply(seq),
    forward: (seq, words) => inOpen((conversationId) => people()?.forward.ask(conversationId, seq, words)),
    erase: (seq) => inOpen((conversationId) => dialogs.erasures.message(conversationId, seq)),
    report: (seq) => inOpen((conversationId) => people()?.report.ask(conversationId, seq)),
    react(seq, emoji, on) {
      const conversationId = session.openId();
      if (conversationId !== undefined)
        session
          .get()
          ?.client.react(conversationId, seq, emoji, on)
          .catch((fault: unknown) => announce(reactionFault(fault)));
    },
    chooseReaction: (seq) => inOpen((conversationId) => people()?.reaction.ask(conversationId, seq)),
    eraseMine: () => inOpen((conversationId) => dialogs.erasures.conversation(conversationId)),
    about: () => inOpen((conversationId) => people()?.about.show(conversationId)),
    search: () => inOpen((conversationId) => people()?.search.show(conversationId)),
    discard(id) {
      session.get()?.chat.pending.discard(id);
      composer.focus();
    },
  };
}
