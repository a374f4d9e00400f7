/** Of a message's content as it is stored, or of what a projection has left of it. */
export function mediaIn(content: unknown): { readonly mediaId?: string } {
  const { mediaId } = (content ?? {}) as { readonly mediaId?: string };
  return mediaId === undefined ? {} : { mediaId };
}
