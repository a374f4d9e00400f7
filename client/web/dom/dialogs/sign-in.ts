import { userIdOf } from '../../../words/person-name.ts';
import { errorWords } from '../../model/words/error-words.ts';
import { byId, setOptional, setText } from '../elements/elements.ts';

export type SignIn = { show(notice?: string): void };

/** The first screen. `onName` takes the id of that name, and throws what is wrong with signing in. */
export function signIn(onName: (userId: string) => Promise<void>): SignIn {
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
    const userId = userIdOf(wanted);
    if (userId === undefined)
      return complain(
        'A name is one word of letters, digits and signs, without spaces or #, and not too long.',
      );
    complain('');
    try {
      await onName(userId);
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
