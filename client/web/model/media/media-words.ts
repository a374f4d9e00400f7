import { LapseError } from '../../../wire/lapse-error.ts';
import { errorWords } from '../words/error-words.ts';

/** Why media cannot be shown or saved. */
export function mediaWords(error: unknown): string {
  const code = error instanceof LapseError ? error.code : undefined;
  return code === 'NOT_FOUND' || code === 'NOT_STORED' ? 'No longer available' : errorWords(error);
}

export const notTaken =
  'Messages are not stored here, so pictures and files cannot be sent. What you write can.';
