import type { MemberRow } from './member-rows.ts';

/** What the page shows about a chat, and which of it the person may change. */
export type AboutView = {
  readonly conversationId: string;
  readonly name: string;
  /** What is to be known first: that the other one is blocked. */
  readonly note?: string;
  /** Until when nothing is announced; 0 where all is. */
  readonly mutedUntil: number;
  readonly pinned: boolean;
  readonly hidden: boolean;
  /** The one whom a direct chat is with, if they are still there. */
  readonly other?: { readonly userId: string; readonly name: string; readonly blocked: boolean };
  /** By which others come into a room. */
  readonly address?: string;
  readonly group?: {
    readonly members: readonly MemberRow[];
    readonly count: number;
    readonly more: boolean;
    readonly owns: boolean;
    /** What it is called, where one may change that. */
    readonly title?: string;
  };
};
