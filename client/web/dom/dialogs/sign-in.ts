import { isUserId } from '../../model/conversations/user-id.ts';
import { errorWords } from '../../model/words/error-words.ts';
import { byId, setOptional, setText } from '../elements/elements.ts';

export type SignIn = { show(notice?: string): void };

/** The first screen. `onName` throws what is wrong with signing in under that name. */
export function signIn(onName: (name: string) => Promise<void>): SignIn {
  const screen = byId('sign-in');
  const name = byId('name', HTMLInputElement);
  const error = byId('name-error');

  function complain(words: string): void {
    setText(error, words);
    name.ariaInvalid = words === '' ? null : 'true';
    if (words !== '') name.focus();
  }

  async function submit(): Promise<void> {
    const wanted = name.value.trim();
    if (wanted === '') return complain('Please enter a name.');
    if (!isUserId(wanted))
      return complain('A name is made of Latin letters, digits and signs, without spaces or #.');
    complain('');
    try {
      await onName(wanted);
      screen.hidden = true;
    } catch (fault) {
      complain(errorWords(fault));
    }
  }

  byId('sign-in-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  return {
    show(notice) {
      setOptional(byId('sign-in-notice'), notice);
      screen.hidden = false;
      name.focus();
      name.select();
    },
  };
}
