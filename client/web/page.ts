import { chatScreen } from './dom/chat-screen.ts';
import { createComposer } from './dom/composer/composer.ts';
import { signIn } from './dom/dialogs/sign-in.ts';
import { byId } from './dom/elements/elements.ts';
import { createLightbox } from './dom/media/lightbox.ts';
import { oneAtATime } from './dom/media/one-at-a-time.ts';
import { chooseFiles } from './model/media/choose-files.ts';
import { tabMemory } from './model/tab-memory.ts';
import { pageDialogs } from './page-dialogs.ts';
import type { PeopleDialogs } from './people-dialogs.ts';
import { screenActions } from './screen-actions.ts';
import { currentSession } from './session/current-session.ts';
import { developmentToken } from './session/development-token.ts';
import { sessionMediaActions } from './session-media-actions.ts';

/** Where the list and the conversation do not fit side by side. */
const narrow = matchMedia('(max-width: 720px)');

/** Puts the page together: a name first, then that person's chat, and back again. */
export function page(): void {
  const memory = tabMemory(sessionStorage);
  let people: PeopleDialogs | undefined;
  const session = currentSession();
  const media = sessionMediaActions(session, (shown) => lightbox.show(shown));
  const lightbox = createLightbox(media);
  const composer = createComposer({
    onSend(draft) {
      session.get()?.send(draft);
      screen.toNewest();
    },
    onTyping() {
      const conversationId = session.openId();
      if (conversationId !== undefined) session.get()?.client.typing(conversationId);
    },
    quote: (seq) => session.get()?.quote(seq),
    names: () => session.get()?.names() ?? [],
    mostBytes: () => session.get()?.client.hello()?.limits.textBytes ?? 16_384,
    choose: (files) => chooseFiles(files, session.get()?.client.hello()),
  });
  const dialogs = pageDialogs({ session, focusConversation, signOut, people: () => people });
  const screen = chatScreen(
    screenActions({
      ...{ session, dialogs, composer, media, focusConversation },
      people: () => people,
      announce: (words) => screen.announce(words),
      focusList: (conversationId) => screen.focusList(conversationId),
    }),
  );
  const start = signIn(begin);
  oneAtATime();

  /** A phone's keyboard would hide what one has come to read. */
  function focusConversation(): void {
    if (narrow.matches) byId('conversation-name').focus();
    else composer.focus();
  }

  async function begin(userId: string): Promise<void> {
    // A token is asked for once beforehand: a name that is not accepted is said so where it was written. Meanwhile comes
    // what a chat is made of, half of the page.
    const [{ chatSession }, { peopleDialogs }] = await Promise.all([
      import('./session/chat-session.ts'),
      import('./people-dialogs.ts'),
      developmentToken(userId),
    ]);
    people ??= peopleDialogs(session, () => {
      session.get()?.closeConversation();
      screen.focusList();
    });
    screen.setUser(userId);
    session.set(
      chatSession({
        userId,
        memory,
        token: () => developmentToken(userId),
        screen,
        consent: dialogs.consent,
        setConversation: composer.setConversation,
        onReceipt: dialogs.receipt.show,
        onGone: lightbox.forget,
        onEnd: signOut,
      }),
    );
    screen.focusList();
  }

  function signOut(notice?: string): void {
    session.set(undefined);
    memory.forget();
    dialogs.close();
    lightbox.close();
    composer.clear();
    screen.setUser(undefined);
    document.title = 'Lapse';
    start.show(notice);
  }

  // A browser that goes back shows a page as it was left: what has ended meanwhile would stand there again.
  addEventListener('pagehide', () => document.body.replaceChildren());
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });

  const remembered = memory.userId();
  if (remembered === undefined) start.show();
  else void begin(remembered).catch(() => start.show('Please sign in again.'));
}
