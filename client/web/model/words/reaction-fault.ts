import { LapseError } from '../../../wire/lapse-error.ts';
import { errorWords } from './error-words.ts';

const words = new Map<string, string>([
  ['NOT_FOUND', 'The message is not there any more.'],
  ['NOT_STORED', 'Nobody can react to messages in this chat.'],
  ['TOO_LARGE', 'This message takes no further reaction of yours. Take one back first.'],
]);

/** Why a reaction was not taken, for the person at the screen. */
export function reactionFault(error: unknown): string {
  const known = error instanceof LapseError ? words.get(error.code) : undefined;
  return known ?? errorWords(error);
}
