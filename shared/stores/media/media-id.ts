/** 144 bits. An id from before there were forwards is these alone. */
const random = '[A-Za-z0-9_-]{24}';
const uploadId = new RegExp(`^m-${random}$`);
const forwardId = new RegExp(`^f-${random}$`);

/** @param bits 18 random bytes in base64url */
export const uploadIdOf = (bits: string): string => `m-${bits}`;

/** @param bits 18 bytes in base64url that a repeat of the send comes to again */
export const forwardIdOf = (bits: string): string => `f-${bits}`;

/** Whether its objects lie where no conversation is named, so that more than one may show them. */
export const isShareable = (mediaId: string): boolean => uploadId.test(mediaId);

/** Whether it stands for the media of another message, and has no objects of its own. */
export const isForward = (mediaId: string): boolean => forwardId.test(mediaId);
