import { errorWords } from '../../model/words/error-words.ts';
import { make, setText } from '../elements/elements.ts';

export type Question = {
  /** The id of the dialog, and the beginning of its buttons'. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
  /** What the button says that does it. */
  readonly confirm: string;
  /** What the harmless one says. */
  readonly cancel?: string;
  readonly act: () => Promise<unknown>;
};

export type QuestionDialog = { ask(): void; close(): void };

/** A question with the harmless answer first. */
export function questionDialog({
  name,
  title,
  text,
  confirm,
  cancel = 'Keep it',
  act,
}: Question): QuestionDialog {
  const error = make('p', 'error');
  error.role = 'alert';
  const button = (id: string, className: string, label: string, run: () => void) => {
    const made = make('button', className, label);
    made.id = `${name}-${id}`;
    made.type = 'button';
    made.addEventListener('click', run);
    return made;
  };
  const keep = button('cancel', '', cancel, () => dialog.close());
  const does = button('confirm', 'danger', confirm, () => void answer());
  const heading = make('h2', '', title);
  const words = make('p', '', text);
  heading.id = `${name}-title`;
  words.id = `${name}-text`;
  const dialog = make(
    'dialog',
    '',
    make('div', 'panel', heading, words, error, make('div', 'buttons', keep, does)),
  );
  dialog.id = name;
  dialog.setAttribute('aria-labelledby', heading.id);
  dialog.setAttribute('aria-describedby', words.id);
  document.body.append(dialog);

  async function answer(): Promise<void> {
    setText(error, '');
    does.disabled = true;
    try {
      await act();
    } catch (fault) {
      setText(error, errorWords(fault));
    } finally {
      does.disabled = false;
    }
  }

  return {
    ask() {
      setText(error, '');
      dialog.showModal();
      keep.focus();
    },
    close: () => dialog.close(),
  };
}
