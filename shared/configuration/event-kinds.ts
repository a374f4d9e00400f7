/** What the operator's systems can be told of, each of which may be left out. */
export const eventKinds = ['message', 'membership', 'moderation', 'consent', 'privacy'] as const;

export type EventKind = (typeof eventKinds)[number];
