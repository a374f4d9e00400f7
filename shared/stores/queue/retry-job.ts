/** A push to be made later. The message is read anew, and is not pushed once it has expired. */
export type RetryJob = {
  readonly conversationId: string;
  readonly seq: number;
  /** Without it: every connection of every member. */
  readonly connectionIds?: readonly string[];
  /** The second try of the queue: what is out of reach then is given up. */
  readonly isLast?: boolean;
};
