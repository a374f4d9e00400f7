type Fields = Readonly<Record<string, unknown>>;

/** RFC 9068, 2.1 and RFC 7519, 5.1; media types are compared without case, RFC 7515, 4.1.9. */
const types = new Set(['at+jwt', 'jwt']);

/**
 * Claims that only other tokens carry: a logout token or a security event (`events`, RFC 8417), an ID token
 * (OpenID Connect Core 1.0, 2 and 3.3.2.11). `cnf` (RFC 7800) binds a token to a key of which no proof is asked here,
 * so taking it as a bearer token would undo the binding.
 */
const foreign = ['events', 'nonce', 'at_hash', 'c_hash', 's_hash', 'cnf'];

/** Whether a signed token was made to call an API: the same issuer signs others that say who signed in or out. */
export function isAccessToken(header: Fields, payload: Fields): boolean {
  const { typ } = header;
  const { token_use: use } = payload;
  const named = typ === undefined || (typeof typ === 'string' && types.has(bare(typ)));
  return named && (use === undefined || use === 'access') && foreign.every((claim) => !(claim in payload));
}

function bare(typ: string): string {
  return typ.toLowerCase().replace(/^application\//, '');
}
