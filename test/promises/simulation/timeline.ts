/** Virtual time: what happens, in the order of its instants. */
export type Timeline = {
  now(): number;
  after(millis: number, act: () => void): object;
  cancel(event: object | undefined): void;
  /** The next thing happens; false where nothing is left. */
  next(): boolean;
};

type Event = { readonly at: number; readonly order: number; act: (() => void) | undefined };

export function timeline(start: number): Timeline {
  let now = start;
  let order = 0;
  const heap: Event[] = [];
  const isBefore = (one: Event, other: Event) =>
    one.at < other.at || (one.at === other.at && one.order < other.order);

  function rise(event: Event): void {
    let at = heap.push(event) - 1;
    while (at > 0) {
      const above = (at - 1) >>> 1;
      const parent = heap[above];
      if (parent === undefined || !isBefore(event, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = event;
  }

  function first(): Event | undefined {
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || top === last) return top;
    let at = 0;
    for (;;) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
      const takesRight = right !== undefined && left !== undefined && isBefore(right, left);
      const child = takesRight ? right : left;
      if (child === undefined || !isBefore(child, last)) break;
      heap[at] = child;
      at = 2 * at + (takesRight ? 2 : 1);
    }
    heap[at] = last;
    return top;
  }

  return {
    now: () => Math.floor(now),
    after(millis, act) {
      order += 1;
      const event = { at: now + Math.max(0, millis), order, act };
      rise(event);
      return event;
    },
    cancel(event) {
      if (event !== undefined) (event as Event).act = undefined;
    },
    next() {
      const event = first();
      if (event === undefined) return false;
      now = Math.max(now, event.at);
      event.act?.();
      return true;
    },
  };
}
