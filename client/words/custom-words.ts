/** For custom content in an app that does not know its kind. */
export const customWords = (kind: string): string => `${kind}: not shown in this chat`;
