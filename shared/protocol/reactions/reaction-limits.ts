/** Kinds that one message has at most: the row of a message in a busy room stays small. */
export const mostKinds = 12;

/** What one person gives one message at most, so that nobody alone takes all the kinds. */
export const mostOwn = 3;
