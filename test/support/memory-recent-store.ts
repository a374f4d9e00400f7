import { dayOf, type RecentMark, type RecentStore } from '../../shared/stores/personal/recent-store.ts';
import { direct, type Step } from './step.ts';

/** Of each person the marks by their key, with when each was set. */
export type RecentRows = Map<string, Map<string, Row>>;

type Row = RecentMark & { readonly at: number; readonly expiresAt: number };

const markOf = ({ day, conversationId }: Row): RecentMark => ({ day, conversationId });
const keyOf = ({ day, conversationId }: RecentMark) => `${day}#${conversationId}`;

/** In memory, as many marks at once as one call writes. */
export function memoryRecentStore(rows: RecentRows = new Map(), step: Step = direct): RecentStore {
  const of = (userId: string) => {
    const own = rows.get(userId) ?? new Map();
    rows.set(userId, own);
    return own as NonNullable<ReturnType<typeof rows.get>>;
  };
  const orders = new WeakMap<ReadonlyMap<string, Row>, readonly (readonly [string, Row])[]>();
  const newestFirst = (userId: string) => {
    const own = of(userId);
    const known = orders.get(own);
    if (known !== undefined) return known;
    const order = [...own].toSorted(([one], [other]) => (one < other ? 1 : -1));
    orders.set(own, order);
    return order;
  };
  /** As DynamoDB pages: so many are looked at, whatever is found among them, and the last of a full page has a next one behind it. */
  const page = (from: readonly Row[], limit: number, isFound: (row: Row) => boolean = () => true) => {
    const seen = from.slice(0, limit);
    const last = seen.at(-1);
    return {
      marks: seen.filter(isFound).map(markOf),
      ...(seen.length === limit && last !== undefined && { next: markOf(last) }),
    };
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
        const behind = from < 0 ? [] : order.slice(from, from + limit);
        return page(
          behind.map(([, row]) => row),
          limit,
        );
      }),
    listSince: async (userId, since, limit, after) =>
      step(() => {
        const day = dayOf(since);
        const behind = [...of(userId)]
          .filter(([key]) => key >= day && (after === undefined || key > keyOf(after)))
          .toSorted(([one], [other]) => (one < other ? -1 : 1));
        return page(
          behind.map(([, row]) => row),
          limit,
          ({ at }) => at >= since,
        );
      }),
    among: async (userId, marks) => step(() => marks.filter((mark) => of(userId).has(keyOf(mark)))),
  };
}
