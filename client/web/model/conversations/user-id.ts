/** As the protocol has it: printable ASCII without space and `#`. The server decides; this only spares a round trip. */
export const isUserId = (text: string): boolean => /^[!"$-~]{1,128}$/u.test(text);

/** Names as people write a list of them: between commas, semicolons, spaces or on lines. */
export const listedIds = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s,;]+/u).filter((id) => id !== '')),
];
