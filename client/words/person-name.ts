/** As the protocol has it: printable ASCII without space and `#`. The server decides; this only spares a round trip. */
export const isUserId = (text: string): boolean => /^[!"$-~]{1,128}$/u.test(text);

/** Whatever is longer is no name, and takes long to compose. */
const longest = 512;

/** What no name has: blanks, `#`, and what nobody would see. */
const notInNames = /[\s#\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

/**
 * The id of whoever is called so, where people choose their names themselves: a name in any script, whose other characters
 * an id holds as a URL does. Undefined for what is no name.
 */
export function userIdOf(name: string): string | undefined {
  if (name.length > longest) return undefined;
  const composed = name.trim().normalize();
  if (isUserId(composed)) return composed;
  if (composed === '' || !composed.isWellFormed() || notInNames.test(composed)) return undefined;
  const id = composed.replace(/[^!"$-~]+/gu, encodeURIComponent);
  return isUserId(id) ? id : undefined;
}

/** What people read for an id. Only the id that a name gives reads as the name: nobody passes for somebody else by another spelling. */
export function personName(userId: string): string {
  if (!userId.includes('%')) return userId;
  try {
    const name = decodeURIComponent(userId);
    return userIdOf(name) === userId ? name : userId;
  } catch {
    return userId;
  }
}
