/** The lists of the members of a large group are to be told that something is written there on that day: `2026-11-29`, in UTC. */
export type RecentJob = { readonly conversationId: string; readonly recentOn: string };
