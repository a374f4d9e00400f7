import type { MediaContent, MessageContent } from './table.ts';

/** Whether a message brings media. */
export function isMediaContent(content: MessageContent): content is MediaContent {
  return content.type !== 'text' && content.type !== 'event';
}
