import type { ReportReason } from '../../../../shared/protocol/safety/report-reasons.ts';
import { reasonWords, reportedWords, reportReasonList } from '../../../words/report-words.ts';
import { reportFault } from '../../model/words/report-fault.ts';
import { make, setText } from '../elements/elements.ts';

export type ReportDialog = { ask(conversationId: string, seq: number): void; close(): void };

export type ReportActions = {
  report(conversationId: string, seq: number, reason: ReportReason): Promise<void>;
};

/** Why one reports a message; says when it is done. */
export function reportDialog({ report }: ReportActions): ReportDialog {
  let target: { readonly conversationId: string; readonly seq: number } | undefined;
  const heading = make('h2', '', 'Report this message?');
  heading.id = 'report-title';
  const legend = make('legend', '', 'What is wrong with it?');
  const choices = reportReasonList.map((reason) => {
    const input = make('input', '');
    input.type = 'radio';
    input.name = 'report-reason';
    input.value = reason;
    input.required = true;
    return { input, label: make('label', 'check', input, ` ${reasonWords[reason]}`) };
  });
  const reasons = make('fieldset', 'reasons', legend, ...choices.map(({ label }) => label));
  const hint = make(
    'p',
    'hint',
    'Moderators see the message and that you have reported it. Its author does not.',
  );
  const error = make('p', 'error');
  error.role = 'alert';
  const done = make('p', '');
  done.role = 'status';
  const cancel = make('button', '', 'Cancel');
  cancel.type = 'button';
  cancel.id = 'report-cancel';
  const confirm = make('button', 'danger', 'Report it');
  confirm.id = 'report-confirm';
  const form = make(
    'form',
    'panel',
    heading,
    reasons,
    hint,
    error,
    done,
    make('div', 'buttons', cancel, confirm),
  );
  form.noValidate = true;
  const dialog = make('dialog', '', form);
  dialog.id = 'report';
  dialog.setAttribute('aria-labelledby', heading.id);
  document.body.append(dialog);

  /** What is asked, or that it is done. */
  function show(isDone: boolean): void {
    for (const each of [reasons, hint, confirm]) each.hidden = isDone;
    setText(heading, isDone ? 'Reported' : 'Report this message?');
    setText(done, isDone ? reportedWords : '');
    setText(cancel, isDone ? 'Close' : 'Cancel');
    setText(error, '');
  }

  async function send(): Promise<void> {
    const chosen = choices.find(({ input }) => input.checked);
    if (chosen === undefined) {
      setText(error, 'Please choose what is wrong with it.');
      choices[0]?.input.focus();
      return;
    }
    if (target === undefined) return;
    const { conversationId, seq } = target;
    confirm.disabled = true;
    setText(error, '');
    try {
      await report(conversationId, seq, chosen.input.value as ReportReason);
      show(true);
      cancel.focus();
    } catch (fault) {
      setText(error, reportFault(fault));
    } finally {
      confirm.disabled = false;
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  cancel.addEventListener('click', () => dialog.close());

  return {
    ask(conversationId, seq) {
      target = { conversationId, seq };
      for (const { input } of choices) input.checked = false;
      show(false);
      dialog.showModal();
      choices[0]?.input.focus();
    },
    close: () => dialog.close(),
  };
}
