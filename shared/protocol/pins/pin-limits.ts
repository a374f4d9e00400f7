/** Pinned messages that one conversation has at most: as many as two or three pages of `history` bring. */
export const mostPins = 50;
