import { LapseError } from '../../../wire/lapse-error.ts';
import { errorWords } from './error-words.ts';

const words = new Map<string, string>([
  ['NOT_FOUND', 'The message is not there any more.'],
  ['NOT_STORED', 'Nothing can be reported in this chat.'],
  ['FORBIDDEN', 'This message cannot be reported.'],
  ['TOO_LARGE', 'You have reported much already. Please wait until somebody has looked at it.'],
]);

/** Why a message could not be reported, for the person at the screen. */
export function reportFault(error: unknown): string {
  const known = error instanceof LapseError ? words.get(error.code) : undefined;
  return known ?? errorWords(error);
}
