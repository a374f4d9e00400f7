import { errorWords } from '../../model/words/error-words.ts';
import { setText } from '../elements/elements.ts';

/** Does what was asked for, and says beside it what has come of it. */
export type Attempt = (act: () => Promise<unknown>, done?: string) => Promise<boolean>;

export function attempt(error: Element, result: Element): Attempt {
  return async (act, done = '') => {
    setText(error, '');
    setText(result, '');
    try {
      await act();
      setText(result, done);
      return true;
    } catch (fault) {
      setText(error, errorWords(fault));
      return false;
    }
  };
}
