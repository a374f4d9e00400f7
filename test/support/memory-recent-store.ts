import { dayOf, type RecentMark, type RecentStore } from '../../shared/stores/personal/recent-store.ts';
import { direct, type Step } from './step.ts';

/** Of each person the marks by their key, with when each was set. */
export type RecentRows = Map<
  string,
  Map<string, RecentMark & { readonly at: number; readonly expiresAt: number }>
>;

const keyOf = ({ day, conversationId }: RecentMark) => `${day}#${conversationId}`;

/** In memory, as many marks at once as one call writes. */
export function memoryRecentStore(rows: RecentRows = new Map(), step: Step = direct): RecentStore {
  const of = (userId: string) => {
    const own = rows.get(userId) ?? new Map();
    rows.set(userId, own);
    return own as NonNullable<ReturnType<typeof rows.get>>;
  };
  const orders = new WeakMap<ReadonlyMap<string, RecentMark>, readonly (readonly [string, RecentMark])[]>();
  const newestFirst = (userId: string) => {
    const own = of(userId);
    const known = orders.get(own);
    if (known !== undefined) return known;
    const order = [...own].toSorted(([one], [other]) => (one < other ? 1 : -1));
    orders.set(own, order);
    return order;
  };
  const page = (found: readonly RecentMark[], limit: number) => {
    const marks = found.slice(0, limit).map(({ day, conversationId }) => ({ day, conversationId }));
    const last = marks.at(-1);
    return { marks, ...(found.length > limit && last !== undefined && { next: last }) };
  };

  return {
    async mark(userIds, mark) {
      await step(() => {
        for (const userId of userIds) {
          orders.delete(of(userId));
          of(userId).set(keyOf(mark), mark);
        }
      });
    },
    async unmark(userIds, mark) {
      await step(() => {
        for (const userId of userIds) {
          orders.delete(of(userId));
          of(userId).delete(keyOf(mark));
        }
      });
    },
    list: async (userId, limit, before) =>
      step(() => {
        const order = newestFirst(userId);
        const from = before === undefined ? 0 : order.findIndex(([key]) => key < keyOf(before));
        const behind = from < 0 ? [] : order.slice(from, from + limit + 1);
        return page(
          behind.map(([, mark]) => mark),
          limit,
        );
      }),
    listSince: async (userId, since, limit, after) =>
      step(() => {
        const found = [...of(userId)]
          .filter(
            ([key, { at, day }]) => day >= dayOf(since) && at >= since && (!after || key > keyOf(after)),
          )
          .toSorted(([one], [other]) => (one < other ? -1 : 1));
        return page(
          found.map(([, mark]) => mark),
          limit,
        );
      }),
    among: async (userId, marks) => step(() => marks.filter((mark) => of(userId).has(keyOf(mark)))),
  };
}
