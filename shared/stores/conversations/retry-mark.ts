/** Somebody repeats a send while its first attempt may still be running. */
export type RetryMark = {
  /** In milliseconds, when the repeat began. */
  readonly at: number;
  readonly userId: string;
  /** Of the send, where an earlier release has made the mark: a mark of this one is for any send of theirs. */
  readonly id?: string;
};

type Attributes = Readonly<Record<string, unknown>>;

/** No user has a space in their id, and no other attribute of a head has one in its name. */
const prefix = 'retried ';

/** One attribute of the head for each user, whatever and however often they repeat: so the head cannot fill up. */
export function retryAttribute(userId: string): string {
  return `${prefix}${userId}`;
}

export function isRetryAttribute(name: string): boolean {
  return name.startsWith(prefix) || name === 'contested';
}

export function retryMarksOf(head: Attributes): readonly RetryMark[] {
  const marks = Object.entries(head).flatMap(([name, at]) =>
    name.startsWith(prefix) ? [{ at: Number(at), userId: name.slice(prefix.length) }] : [],
  );
  const { contested } = head;
  return contested instanceof Set ? [...marks, ...[...contested].map(decodeEarlierMark)] : marks;
}

/** An element of the set `contested`: neither a user nor a send has a space in its id. */
export function encodeEarlierMark({ at, userId, id }: RetryMark & { readonly id: string }): string {
  return `${at} ${userId} ${id}`;
}

function decodeEarlierMark(mark: string): RetryMark {
  const [at = '', userId = '', id = ''] = mark.split(' ');
  return { at: Number(at), userId, id };
}
