/** The members of a large group are to be told how often a message of theirs was reacted to. */
export type ReactedJob = { readonly conversationId: string; readonly reactedTo: number };
