/** Names as people write a list of them: between commas, semicolons, spaces or on lines. */
export const listedNames = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s,;]+/u).filter((name) => name !== '')),
];
