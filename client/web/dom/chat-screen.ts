import { personName } from '../../words/person-name.ts';
import type { ChatView, OpenConversation } from '../model/chat-view.ts';
import { hueOf, initialOf } from '../model/conversations/hue.ts';
import { isAmong, type Place } from '../model/media/media-view.ts';
import { notTaken } from '../model/media/media-words.ts';
import { conversationItem } from './conversations/conversation-item.ts';
import { byId, make, setOptional, setText } from './elements/elements.ts';
import { keyedList } from './elements/keyed-list.ts';
import type { MessageActions } from './messages/message-bubble.ts';
import { messageList } from './messages/message-list.ts';

export type ChatScreenActions = {
  open(conversationId: string): void;
  back(): void;
  older(): void;
  startChat(): void;
  account(): void;
  toggleHidden(): void;
  eraseMine(): void;
  about(): void;
  search(): void;
  pins(): void;
} & MessageActions;

export type ChatScreen = {
  show(view: ChatView): void;
  /** Whose chat it is; nobody's hides it. */
  setUser(userId: string | undefined): void;
  /** For those who listen to the page; `about` is the message whose words they are. */
  announce(words: string, about?: Place): void;
  /** Says nothing any more of these messages, which are gone. */
  hush(places: readonly Place[]): void;
  /** On this conversation, or the first. */
  focusList(conversationId?: string): void;
  toNewest(): void;
};

export function chatScreen(actions: ChatScreenActions): ChatScreen {
  const screen = byId('chat');
  const list = byId('conversations');
  const me = byId('account-button');
  const fill = keyedList(
    list,
    ({ key }) => conversationItem(key, actions.open),
    () => make('li', 'quiet', 'This chat cannot be shown.'),
  );
  const messages = messageList(actions);
  const showHidden = byId('show-hidden');
  const news = byId('news');
  const attach = byId('attach');
  let told: Place | undefined;
  const on = (id: string, run: () => void) => byId(id).addEventListener('click', run);
  on('back', actions.back);
  on('older', actions.older);
  on('new-chat-button', actions.startChat);
  on('account-button', actions.account);
  on('show-hidden', actions.toggleHidden);
  on('erase-mine', actions.eraseMine);
  on('about-button', actions.about);
  on('search-button', actions.search);
  on('pins-button', actions.pins);

  function showPins({ count, text }: OpenConversation['pinned']): void {
    const button = byId('pins-button');
    // Whoever has the focus there goes on with the chat.
    if (count === 0 && document.activeElement === button) byId('conversation-name').focus();
    button.hidden = count === 0;
    setText(byId('pins-count'), count > 1 ? `${count} pinned` : 'Pinned');
    setText(byId('pins-text'), text);
  }

  function focusList(conversationId?: string): void {
    const buttons = [...list.querySelectorAll('button')];
    const left = buttons.find(({ dataset }) => dataset['conversation'] === conversationId);
    (left ?? buttons[0] ?? byId('new-chat-button')).focus();
  }

  return {
    focusList,
    toNewest: messages.toNewest,
    announce(words, about) {
      told = about;
      // A new element each time: the same words twice are two messages, and both are read out.
      news.replaceChildren(make('bdi', '', words));
    },
    hush(places) {
      if (told !== undefined && isAmong(told, places)) setText(news, '');
    },
    setUser(userId) {
      screen.hidden = userId === undefined;
      const name = personName(userId ?? '');
      setText(me, name === '' ? '' : initialOf(name));
      me.className = `avatar me hue-${hueOf(name)}`;
      me.ariaLabel = `${name}: your account`;
      setText(news, '');
    },
    show({ connection, listed, conversations, hidden, unread, open }) {
      setText(byId('connection'), connection ?? '');
      byId('no-conversations').hidden = !listed || conversations.length > 0 || hidden.count > 0;
      fill(conversations);
      showHidden.hidden = hidden.count === 0;
      showHidden.ariaExpanded = String(hidden.shown);
      setText(showHidden, hiddenWords(hidden));
      screen.dataset['pane'] = open === undefined ? 'list' : 'conversation';
      byId('no-conversation').hidden = open !== undefined;
      byId('conversation').hidden = open === undefined;
      document.title = unread > 0 ? `(${unread > 100 ? '100+' : unread}) Lapse` : 'Lapse';
      if (open === undefined) return;
      setText(byId('conversation-name'), open.name);
      setOptional(byId('conversation-subtitle'), open.subtitle);
      byId('erase-mine').hidden = !open.stored;
      byId('search-button').hidden = !open.stored;
      attach.ariaDisabled = open.takesMedia ? null : 'true';
      attach.title = open.takesMedia ? '' : notTaken;
      showPins(open.pinned);
      messages.show(open);
    },
  };
}

const hiddenWords = ({ count, shown }: ChatView['hidden']): string =>
  shown ? 'Leave the hidden chats out' : count === 1 ? 'Show 1 hidden chat' : `Show ${count} hidden chats`;
