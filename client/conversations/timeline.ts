import type { MessageBody } from '../../shared/protocol/messages/table.ts';

/**
 * One conversation as this client knows it, whatever arrives in whatever order and however often.
 * Everything from `floor` (exclusive) to `synced` (inclusive) is known: shown here, or proven absent by history.
 */
export type Timeline = {
  /** What became visible, in order. What lies behind a gap is held back until the gap is closed. */
  add(messages: readonly MessageBody[]): readonly MessageBody[];
  /** History has told everything up to `seq`. */
  markSynced(seq: number): readonly MessageBody[];
  /** The server has messages up to `seq`. */
  noteLatest(seq: number): void;
  /** Takes erased messages away, and never shows them again; returns those that were visible. */
  erase(seqs: readonly number[]): readonly MessageBody[];
  /** Puts what has become of a message in its place; undefined where it is not here. What waits behind a gap changes, too. */
  change(seq: number, to: (message: MessageBody) => MessageBody): MessageBody | undefined;
  /** A page of history from before the floor, which moves down to `floor`. */
  prepend(messages: readonly MessageBody[], floor: number): void;
  /** The highest seq that is known to exist. */
  latest(): number;
  synced(): number;
  floor(): number;
  list(): readonly MessageBody[];
  /** Forgets what has expired and returns it. */
  expire(): readonly MessageBody[];
  /** Milliseconds since the epoch. */
  nextExpiry(): number | undefined;
};

export function timeline(start: number, now: () => number): Timeline {
  let floor = start;
  let synced = start;
  let target = start;
  const visible: MessageBody[] = [];
  const held = new Map<number, MessageBody>();
  /** Numbers of erased messages: nothing is missing there, and a push that was under way is ignored. */
  const erased = new Set<number>();
  const alive = (message: MessageBody) => !(message.expiresAt * 1000 <= now());

  /** Nearly every message is newer than all before it, so the search starts at the end. */
  function insert(message: MessageBody): boolean {
    const before = visible.findLastIndex(({ seq }) => seq <= message.seq);
    if (!alive(message) || erased.has(message.seq) || visible[before]?.seq === message.seq) return false;
    visible.splice(before + 1, 0, message);
    return true;
  }

  /** Takes from what is held everything that no gap separates from `synced` any more. */
  function release(): readonly MessageBody[] {
    const ready = [...held.values()].filter(({ seq }) => seq <= synced);
    for (let seq = synced + 1; held.has(seq) || erased.has(seq); seq += 1) {
      const next = held.get(seq);
      if (next !== undefined) ready.push(next);
      synced = seq;
    }
    for (const { seq } of ready) held.delete(seq);
    return ready.sort((a, b) => a.seq - b.seq).filter(insert);
  }

  return {
    add(messages) {
      for (const message of messages) {
        if (message.seq > floor) held.set(message.seq, message);
        target = Math.max(target, message.seq);
      }
      return release();
    },
    markSynced(seq) {
      synced = Math.max(synced, seq);
      target = Math.max(target, seq);
      return release();
    },
    noteLatest(seq) {
      target = Math.max(target, seq);
    },
    erase(seqs) {
      for (const seq of seqs) {
        erased.add(seq);
        held.delete(seq);
        target = Math.max(target, seq);
      }
      const all = visible.splice(0);
      visible.push(...all.filter(({ seq }) => !erased.has(seq)));
      return all.filter(({ seq }) => erased.has(seq));
    },
    change(seq, to) {
      const waiting = held.get(seq);
      if (waiting !== undefined) held.set(seq, to(waiting));
      const index = visible.findLastIndex((message) => message.seq === seq);
      const message = visible[index];
      if (message === undefined) return undefined;
      const changed = to(message);
      visible[index] = changed;
      return changed;
    },
    prepend(messages, lower) {
      for (const message of messages) if (message.seq <= floor) insert(message);
      floor = Math.min(floor, lower);
    },
    latest: () => target,
    synced: () => synced,
    floor: () => floor,
    list: () => visible.filter(alive),
    expire() {
      const all = visible.splice(0);
      visible.push(...all.filter(alive));
      return all.filter((message) => !alive(message));
    },
    nextExpiry() {
      const first = visible.reduce(
        (least, { expiresAt }) => Math.min(least, expiresAt),
        Number.POSITIVE_INFINITY,
      );
      return first === Number.POSITIVE_INFINITY ? undefined : first * 1000;
    },
  };
}
