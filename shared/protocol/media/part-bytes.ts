/** Of each part of an upload in parts but the last, which is what remains. */
export const partBytes = 8 * 1024 * 1024;
