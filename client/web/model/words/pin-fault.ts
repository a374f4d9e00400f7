import { LapseError } from '../../../wire/lapse-error.ts';
import { errorWords } from './error-words.ts';

const words = new Map<string, string>([
  ['NOT_FOUND', 'The message is not there any more.'],
  ['FORBIDDEN', 'Only who leads this chat pins messages.'],
  ['TOO_LARGE', 'So many are pinned here that there is no room for another. Take one off first.'],
]);

/** Why a message was not pinned, or not taken off, for the person at the screen. */
export function pinFault(error: unknown): string {
  const known = error instanceof LapseError ? words.get(error.code) : undefined;
  return known ?? errorWords(error);
}
