/** What to say about a text that is too long to be sent; nothing about one that fits. */
export function tooLong(text: string, mostBytes: number): string | undefined {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes <= mostBytes) return undefined;
  const share = Math.ceil((bytes / mostBytes - 1) * 100);
  return `That is too long by ${share} %. Please shorten it or send it in parts.`;
}

export type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'isComposing' | 'keyCode'>;

/** Enter sends; not while an input method is composing, where Enter chooses a word (229 is Safari's way to say so). */
export const isSendKey = ({ key, shiftKey, isComposing, keyCode }: Pressed): boolean =>
  key === 'Enter' && !shiftKey && !isComposing && keyCode !== 229;
