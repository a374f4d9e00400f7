import type { LastMessage } from '../../shared/protocol/conversations/table.ts';
import { mediaName } from './content-text.ts';
import { customWords } from './custom-words.ts';
import { personName } from './person-name.ts';

/** What was said last, without who said it: such as `hello` or `Picture: sea.jpg`. */
export function previewText({
  type,
  voice,
  preview,
}: Pick<LastMessage, 'type' | 'voice' | 'preview'>): string {
  if (type === 'text') return preview;
  if (type === 'custom') return customWords(preview);
  const name = mediaName({ type, voice });
  const kind = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return preview === '' ? kind : `${kind}: ${preview}`;
}

/** In a line: `bob: hello`. */
export const previewWords = (last: LastMessage, me: string | undefined): string =>
  `${last.from === me ? 'You' : personName(last.from)}: ${previewText(last)}`;
