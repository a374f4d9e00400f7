/** More than the longest there is, a couple with two skin tones: 35 bytes. */
const mostBytes = 64;

const picture = String.raw`\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F)?`;
/** Of a country by two letters; of a part of one by its code, which is written in invisible characters. */
const flag = String.raw`\p{RI}{2}|\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}`;
const keycap = String.raw`[0-9#*]\uFE0F?\u20E3`;

/** Also those that Unicode has set places aside for: who reacts may have a newer telephone than the server has a table. */
const oneEmoji = new RegExp(`^(?:${flag}|${keycap}|${picture}(?:\\u200D${picture})*)$`, 'u');

/** Whether it is one emoji, which is always one grapheme. A letter, a digit or a word is none: nothing is written by reacting. */
export function isEmoji(text: string): boolean {
  return (
    text.length <= mostBytes && oneEmoji.test(text) && new TextEncoder().encode(text).length <= mostBytes
  );
}

/**
 * As Unicode recommends to write it, so that a heart is one kind of reaction, whichever keyboard it comes from: what is text by
 * itself is told to be a picture, and what is one anyway is not.
 */
export function canonicalEmoji(emoji: string): string {
  return emoji
    .replaceAll(/(\p{Extended_Pictographic})(\uFE0F)?(?!\p{Emoji_Modifier})/gu, (_, sign: string) =>
      /\p{Emoji_Presentation}/u.test(sign) ? sign : `${sign}\uFE0F`,
    )
    .replace(/^([0-9#*])\u20E3$/u, '$1\uFE0F\u20E3');
}
