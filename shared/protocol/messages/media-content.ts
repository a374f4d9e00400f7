/** Whether a message brings media. */
export function isMediaContent<Each extends { readonly type: string }>(
  content: Each,
): content is Extract<Each, { readonly mediaId: string }> {
  return 'mediaId' in content;
}
