import { type AboutChat, type AboutClient, aboutChat } from '../../model/about/about-chat.ts';
import type { AboutView } from '../../model/about/about-view.ts';
import { mutedUntil, muteWords } from '../../model/about/mute-choices.ts';
import { attempt } from '../dialogs/attempt.ts';
import { byId, make, setOptional, setText } from '../elements/elements.ts';
import { keyedList } from '../elements/keyed-list.ts';
import { type AboutAct, aboutQuestions } from './about-questions.ts';
import { memberItem } from './member-item.ts';

export type AboutDialog = {
  show(conversationId: string): void;
  close(): void;
};

export type AboutDialogOptions = {
  /** Of whoever is signed in. */
  readonly session: () => { readonly client: AboutClient & { now(): number }; readonly userId: string };
  /** The chat is no longer one's own. */
  readonly onLeft: () => void;
};

/** Who is in a chat and what one can do about it. */
export function aboutDialog({ session, onLeft }: AboutDialogOptions): AboutDialog {
  const dialog = byId('about', HTMLDialogElement);
  const add = byId('add', HTMLInputElement);
  const retitle = byId('retitle', HTMLInputElement);
  /** As it was shown last: what somebody is typing is not written over. */
  let shownTitle = '';
  const mute = byId('mute', HTMLSelectElement);
  const muteNow = byId('mute-now', HTMLOptionElement);
  const pinned = byId('pinned', HTMLInputElement);
  const hidden = byId('hidden', HTMLInputElement);
  const attempted = attempt(byId('about-error'), byId('about-done'));
  let chat: AboutChat | undefined;
  /** Whom the question is about that is being asked. */
  let concerned = '';

  const questions = aboutQuestions(async (which) => {
    await act(which, concerned);
    questions.close();
    if (which === 'leave' || which === 'close') {
      dialog.close();
      onLeft();
    } else focusWithin();
  });
  const fill = keyedList(
    byId('members'),
    () =>
      memberItem((userId, wanted) => {
        if (wanted === 'owner' || wanted === 'remove' || wanted === 'block') ask(wanted, userId);
        else void attempted(async () => chat?.act(userId, wanted)).then(focusWithin);
      }),
    () => make('li', 'quiet', 'This member cannot be shown.'),
  );

  async function act(which: AboutAct, userId: string): Promise<void> {
    if (which === 'leave') await chat?.leave();
    else if (which === 'close') await chat?.end();
    else await chat?.act(userId, which);
    update();
  }

  function ask(which: AboutAct, userId = ''): void {
    concerned = userId;
    questions.ask(which);
  }

  /** The button that was pressed may be gone. */
  function focusWithin(): void {
    update();
    if (dialog.open && !dialog.contains(document.activeElement)) byId('about-close').focus();
  }

  function showActs({ other, group, address }: AboutView): void {
    const block = byId('block');
    block.hidden = other === undefined;
    setText(block, other?.blocked === true ? `Unblock ${other.name}` : `Block ${other?.name ?? ''}…`);
    const leave = byId('leave');
    leave.hidden = group === undefined && address === undefined;
    setText(leave, group === undefined ? 'Leave this room…' : 'Leave this group…');
    byId('close-group').hidden = group?.owns !== true;
  }

  function showTitle(title: string | undefined): void {
    byId('retitle-form').hidden = title === undefined;
    if (title === undefined || title === shownTitle) return;
    if (retitle.value === shownTitle) retitle.value = title;
    shownTitle = title;
  }

  function showArrangement(view: AboutView): void {
    const muted = muteWords(view.mutedUntil, session().client.now());
    muteNow.hidden = muted === undefined;
    setText(muteNow, muted ?? '');
    mute.value = muted === undefined ? 'on' : 'now';
    pinned.checked = view.pinned;
    hidden.checked = view.hidden;
    // A room that one watches is in nobody's list for good.
    byId('about-list').hidden = view.address !== undefined;
  }

  function update(): void {
    if (!dialog.open) return;
    const view = chat?.view();
    if (view === undefined) {
      dialog.close();
      return;
    }
    setText(byId('about-title'), view.name);
    setOptional(byId('about-note'), view.note);
    setOptional(byId('about-address'), view.address && `Its address is ${view.address}`);
    showArrangement(view);
    showActs(view);
    const { group } = view;
    byId('about-group').hidden = group === undefined;
    if (group === undefined) return;
    showTitle(group.title);
    setText(byId('members-title'), group.count === 1 ? '1 member' : `${group.count} members`);
    fill(group.members);
    byId('members-more').hidden = !group.more;
  }

  const change = (act: () => Promise<unknown> | undefined) => void attempted(async () => act()).then(update);
  mute.addEventListener('change', () => {
    const until = mutedUntil(mute.value, session().client.now());
    if (until !== undefined) change(() => chat?.mute(until));
  });
  pinned.addEventListener('change', () => change(() => chat?.arrange({ pinned: pinned.checked })));
  hidden.addEventListener('change', () => change(() => chat?.arrange({ hidden: hidden.checked })));
  byId('about-close').addEventListener('click', () => dialog.close());
  byId('add-form').addEventListener('submit', (event) => {
    event.preventDefault();
    let said = '';
    void attempted(async () => {
      said = (await chat?.add(add.value)) ?? '';
      add.value = '';
    }).then((done) => {
      if (done) setText(byId('about-done'), said);
    });
  });
  byId('retitle-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void attempted(async () => chat?.retitle(retitle.value)).then((done) => {
      if (done) setText(byId('about-done'), 'Changed.');
      update();
    });
  });
  byId('members-more').addEventListener(
    'click',
    () => void attempted(async () => chat?.more()).then(focusWithin),
  );
  byId('leave').addEventListener('click', () => ask('leave'));
  byId('close-group').addEventListener('click', () => ask('close'));
  byId('block').addEventListener('click', () => {
    const other = chat?.view()?.other;
    if (other?.blocked === true)
      void attempted(async () => chat?.act(other.userId, 'unblock')).then(focusWithin);
    else if (other !== undefined) ask('block', other.userId);
  });
  dialog.addEventListener('close', () => {
    chat?.stop();
    chat = undefined;
  });
  return {
    show(conversationId) {
      const { client, userId } = session();
      chat?.stop();
      chat = aboutChat({ client, me: userId, conversationId, changed: update });
      setText(byId('about-error'), '');
      setText(byId('about-done'), '');
      add.value = '';
      retitle.value = '';
      shownTitle = '';
      dialog.showModal();
      update();
      byId('about-close').focus();
    },
    close() {
      questions.close();
      dialog.close();
    },
  };
}
