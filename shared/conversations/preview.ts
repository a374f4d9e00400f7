import type { WrittenContent } from '../protocol/messages/table.ts';

/** As much of a message as a list or a notification shows. */
const previewLength = 100;

/** Of custom content nothing but its kind: what its data may show is for the app that it was made for. */
function shownOf(content: WrittenContent): string {
  if (content.type === 'text') return content.text;
  return content.type === 'custom' ? content.kind : (content.caption ?? content.name ?? '');
}

/** Its beginning, in which no character is cut in two. */
export function previewOf(content: WrittenContent): string {
  const text = shownOf(content);
  const start = text.slice(0, previewLength);
  return start.isWellFormed() ? start : start.slice(0, -1);
}
