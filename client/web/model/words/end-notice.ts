const notices = new Map([
  ['CONSENT_WITHDRAWN', 'Your agreement was withdrawn. You can agree again whenever you like.'],
  ['ACCOUNT_ERASED', 'Your account is erased. If you sign in again you begin anew.'],
  ['ENDED', 'You were signed out here from another device.'],
  ['TOO_MANY_CONNECTIONS', 'The chat is open in too many other places. Load this page again to go on here.'],
  ['TOKEN_REFUSED', 'The server does not accept how you are signed in. Please sign in again.'],
]);

/** Why the server has ended the session for good, for the person at the page. */
export function endNotice(reason: string): string {
  return notices.get(reason) ?? 'The server has ended this session. Please sign in again.';
}
