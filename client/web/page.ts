import { savedName } from '../media/file-name.ts';
import { notConnected } from '../wire/lapse-error.ts';
import { developmentToken } from './development-token.ts';
import { chatScreen } from './dom/chat-screen.ts';
import { composer } from './dom/composer/composer.ts';
import { accountDialog } from './dom/dialogs/account-dialog.ts';
import { consentDialog } from './dom/dialogs/consent-dialog.ts';
import { erasures } from './dom/dialogs/erasures.ts';
import { newChatDialog } from './dom/dialogs/new-chat-dialog.ts';
import { receiptDialog } from './dom/dialogs/receipt-dialog.ts';
import { signIn } from './dom/dialogs/sign-in.ts';
import { byId } from './dom/elements/elements.ts';
import type { MediaDesk } from './dom/media/media-desk.ts';
import { oneAtATime } from './dom/media/one-at-a-time.ts';
import { saveAs } from './dom/media/save-as.ts';
import { viewer } from './dom/media/viewer.ts';
import { chooseFiles } from './model/media/choose-files.ts';
import { tabMemory } from './model/tab-memory.ts';
import type { Sitting } from './sitting.ts';

/** Where the list and the conversation do not fit side by side. */
const narrow = matchMedia('(max-width: 720px)');

/** Puts the page together: a name first, then that person's chat, and back again. */
export function page(): void {
  const memory = tabMemory(sessionStorage);
  let current: Sitting | undefined;

  const begin = async (userId: string): Promise<void> => {
    // A token is asked for once beforehand: a name that is not accepted is said so where it was written. Meanwhile comes
    // what a chat is made of, half of the page.
    const [{ sitting }] = await Promise.all([import('./sitting.ts'), developmentToken(userId)]);
    screen.belongTo(userId);
    current = sitting({
      userId,
      memory,
      token: () => developmentToken(userId),
      screen,
      consent,
      atDesk: (conversationId) => words.belongTo(conversationId),
      receipt: (receipt) => receiptOfErasure.show(receipt),
      gone: (messages) => large.forget(messages),
      end,
    });
    screen.focusList();
  };

  function end(notice?: string): void {
    current?.close();
    current = undefined;
    memory.forget();
    consent.close();
    account.close();
    erasing.close();
    large.close();
    words.clear();
    screen.belongTo(undefined);
    document.title = 'Lapse';
    start.show(notice);
  }

  /** A phone's keyboard would hide what one has come to read. */
  const focusConversation = () =>
    narrow.matches ? byId('conversation-name', HTMLElement).focus() : words.focus();

  const desk: MediaDesk = {
    url: (media, variant) => current?.media.get(media, variant) ?? Promise.reject(notConnected()),
    fileOf: (id) => current?.chat.sendings.fileOf(id),
    open: (media) => large.show(media),
    async save(media) {
      const { name, place, facts } = media;
      if (place === undefined) return;
      saveAs(await desk.url(media), savedName({ name, seq: place.seq, contentType: facts.contentType }));
    },
  };

  const screen = chatScreen({
    open(conversationId) {
      current?.chat.select(conversationId);
      current?.show();
      focusConversation();
    },
    back() {
      const left = current?.leave();
      screen.focusList(left);
    },
    older: () => current?.chat.older(),
    begin() {
      const { chat, userId } = current ?? {};
      if (chat !== undefined && userId !== undefined) dialog.ask(chat.begin, userId);
    },
    account: () => {
      if (current !== undefined) account.show(current.userId, current.client.hello());
    },
    again(id) {
      current?.chat.sendings.again(id);
      words.focus();
    },
    edit(id) {
      const draft = current?.chat.sendings.discard(id);
      if (draft === undefined) return;
      const { text, attachment } = draft;
      words.put({ text, attachments: attachment === undefined ? [] : [attachment] });
    },
    erase(seq) {
      const conversationId = current?.openId();
      if (conversationId !== undefined) erasing.message(conversationId, seq);
    },
    eraseMine() {
      const conversationId = current?.openId();
      if (conversationId !== undefined) erasing.conversation(conversationId);
    },
    callOff(id) {
      current?.chat.sendings.discard(id);
      words.focus();
    },
    media: desk,
  });
  const large = viewer(desk);
  const words = composer({
    onSend(draft) {
      current?.say(draft);
      screen.toNewest();
    },
    onTyping() {
      const conversationId = current?.openId();
      if (conversationId !== undefined) current?.client.typing(conversationId);
    },
    mostBytes: () => current?.client.hello()?.limits.textBytes ?? 16_384,
    choose: (files) => chooseFiles(files, current?.client.hello()),
  });
  const consent = consentDialog();
  const dialog = newChatDialog(() => {
    current?.show();
    focusConversation();
  });
  const sat = (): Sitting => {
    if (current === undefined) throw notConnected();
    return current;
  };
  const erasing = erasures({
    erase: async (target) => sat().client.erase(target),
    begun: focusConversation,
  });
  const account = accountDialog({
    signOut: () => end('You have signed out.'),
    withdraw: async () => sat().client.withdrawConsent(),
    erase: async () => sat().client.erase({ scope: 'account' }),
    collect: async () => sat().client.exportData(),
    withdrawn: () => end('Your agreement is withdrawn. You can agree again whenever you like.'),
  });
  const receiptOfErasure = receiptDialog();
  const start = signIn(begin);

  oneAtATime();

  const remembered = memory.userId();
  if (remembered === undefined) start.show();
  else void begin(remembered).catch(() => start.show('Please sign in again.'));
}
