import { LapseError } from '../../../wire/lapse-error.ts';

const words = new Map<string, string>([
  ['NOT_CONNECTED', 'Not connected just now. Please try again.'],
  ['TIMEOUT', 'The server did not answer. Please try again.'],
  ['TOKEN_REFUSED', 'Please sign in again.'],
  ['TOKEN_UNAVAILABLE', 'Signing in does not work just now. Please try again.'],
  ['TOKEN_EXPIRED', 'Your sign-in has run out. Please sign in again.'],
  ['CONSENT_REQUIRED', 'Your agreement is needed first.'],
  ['CONSENT_STALE', 'The policy has changed. Please read the new version.'],
  ['AGE_NOT_MET', 'You are not yet old enough where you live. For now no other date is taken.'],
  ['AGE_NOT_ASSURED', 'Please confirm your age in the app first.'],
  ['JURISDICTION_UNKNOWN', 'This chat is not offered where you live.'],
  ['NOT_FOUND', 'There is no such conversation.'],
  ['CONFLICT', 'Somebody else has changed this just now. Please try again.'],
  ['FORBIDDEN', 'You may not do this here.'],
  ['WAITING', 'Not sent yet: it waits for the other person.'],
  ['EXPIRED', 'The time of this message is over.'],
  ['WINDOW_CLOSED', 'The time for that is over.'],
  ['REVIEW_REFUSED', 'That is not accepted here.'],
  ['REVIEW_UNAVAILABLE', 'That cannot be checked at present. Please try again.'],
  ['NOT_STORED', 'Messages are not stored here.'],
  ['LEGAL_HOLD', 'A legal hold keeps this for now. It is erased when the hold ends.'],
  ['SENSITIVE_DATA', 'Not sent: it looks like sensitive data, which does not belong here.'],
  ['TOO_LARGE', 'That is too long.'],
  ['MEDIA_MISMATCH', 'Not sent: the file is damaged, or of a kind that is not accepted.'],
  ['RATE_LIMITED', 'That was too fast. Please wait a moment.'],
  ['INVALID_FRAME', 'The server does not accept this. Please check your entry.'],
]);

/** What has gone wrong, for the person at the screen; the server's own texts are for developers. */
export function errorWords(error: unknown): string {
  // What browsers say of a file that was moved or changed after it was chosen.
  if (error instanceof DOMException) return 'The file cannot be read any more. Please choose it again.';
  const known = error instanceof LapseError ? words.get(error.code) : undefined;
  return known ?? 'Something went wrong. Please try again.';
}
