import { mediaWords } from '../../model/media/media-words.ts';
import { make, setText } from '../elements/elements.ts';

/** A button that says when it works and why it could not. */
export function saveButton(
  className: string,
  save: () => Promise<void>,
): { readonly button: HTMLButtonElement; readonly note: HTMLElement } {
  const note = make('span', 'media-note');
  note.role = 'status';
  const button = make('button', className, 'Save');
  button.type = 'button';

  async function run(): Promise<void> {
    setText(note, '');
    button.disabled = true;
    setText(button, 'Saving…');
    try {
      await save();
    } catch (error) {
      setText(note, mediaWords(error));
    } finally {
      setText(button, 'Save');
      button.disabled = false;
      button.focus();
    }
  }

  button.addEventListener('click', () => void run());
  return { button, note };
}
