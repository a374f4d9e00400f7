/** The reply is one frame, which API Gateway cuts at 32 KB: a page of messages ends before it. */
export const pageBytes = 30_000;
