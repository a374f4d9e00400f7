import type { LastMessage } from '../../shared/protocol/conversations/table.ts';
import { mediaNames } from './content-text.ts';
import { customWords } from './custom-words.ts';
import { personName } from './person-name.ts';

/** What was said last, without who said it: such as `hello` or `Picture: sea.jpg`. */
export function previewText({ type, preview }: Pick<LastMessage, 'type' | 'preview'>): string {
  if (type === 'text') return preview;
  if (type === 'custom') return customWords(preview);
  const kind = `${mediaNames[type].charAt(0).toUpperCase()}${mediaNames[type].slice(1)}`;
  return preview === '' ? kind : `${kind}: ${preview}`;
}

/** In a line: `bob: hello`. */
export const previewWords = (last: LastMessage, me: string | undefined): string =>
  `${last.from === me ? 'You' : personName(last.from)}: ${previewText(last)}`;
