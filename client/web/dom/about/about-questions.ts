import { type QuestionDialog, questionDialog } from '../dialogs/question-dialog.ts';

const texts = {
  owner: {
    name: 'hand-over',
    title: 'Hand the group over?',
    text: 'They become its owner, and you an admin. Only they can give it back.',
    confirm: 'Hand it over',
  },
  remove: {
    name: 'remove-member',
    title: 'Remove them from the group?',
    text: 'They get nothing more of what is written here. Everybody sees that you removed them.',
    confirm: 'Remove',
  },
  block: {
    name: 'block-person',
    title: 'Block this person?',
    text: 'They can no longer write to you, nor see whether you are here or what you have read. They are not told. In groups you are both in, what they write is covered for you.',
    confirm: 'Block',
  },
  leave: {
    name: 'leave-chat',
    title: 'Leave?',
    text: 'You get nothing more of what is written here. In a group everybody sees that you left.',
    confirm: 'Leave',
  },
  close: {
    name: 'close-chat',
    title: 'Close this group?',
    text: 'Everybody is out of it, and nobody can write here any more. It cannot be opened again.',
    confirm: 'Close it',
  },
} as const;

export type AboutAct = keyof typeof texts;

/** What cannot be taken back, or that others see, is asked first. */
export function aboutQuestions(act: (which: AboutAct) => Promise<unknown>): {
  ask(which: AboutAct): void;
  close(): void;
} {
  const of = (which: AboutAct): QuestionDialog =>
    questionDialog({ ...texts[which], cancel: 'Cancel', act: () => act(which) });
  const questions = {
    ...{ owner: of('owner'), remove: of('remove'), block: of('block') },
    ...{ leave: of('leave'), close: of('close') },
  };
  return {
    ask: (which) => questions[which].ask(),
    close() {
      for (const each of Object.values(questions)) each.close();
    },
  };
}
