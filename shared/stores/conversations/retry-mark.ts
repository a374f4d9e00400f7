/** A send that somebody repeats while its first attempt may still be running. */
export type RetryMark = {
  /** In milliseconds, when the repeat began. */
  readonly at: number;
  readonly userId: string;
  /** Of the send. */
  readonly id: string;
};

/** An element of a set on the head: neither a user nor a send has a space in its id. */
export function encodeRetryMark({ at, userId, id }: RetryMark): string {
  return `${at} ${userId} ${id}`;
}

export function decodeRetryMark(mark: string): RetryMark {
  const [at = '', userId = '', id = ''] = mark.split(' ');
  return { at: Number(at), userId, id };
}
