import * as z from 'zod';
import { plural, table } from './words.ts';

const target = z.object({
  scope: z.string(),
  conversationId: z.string().optional(),
  seq: z.number().optional(),
});
export const requested = z.object({ userId: z.string(), requestId: z.string(), state: z.string() });
export const receipt = target.extend({
  requestId: z.string(),
  state: z.string(),
  requestedBy: z.string(),
  requestedAt: z.string(),
  finishedAt: z.string(),
  stores: z.array(
    z.object({
      store: z.string(),
      outcome: z.string(),
      deleted: z.number(),
      found: z.number(),
      held: z.number(),
      lateDeleted: z.number().optional(),
      until: z.string().optional(),
    }),
  ),
});
export const report = z.object({
  userId: z.string(),
  open: z.array(target.extend({ requestId: z.string(), state: z.string(), requestedAt: z.string() })),
  receipts: z.array(receipt),
});

type Receipt = z.infer<typeof receipt>;

export function what({ scope, conversationId, seq }: z.infer<typeof target>): string {
  return [scope, conversationId, seq === undefined ? undefined : `no. ${seq}`].filter(Boolean).join(' ');
}

function line({
  store,
  outcome,
  deleted,
  found,
  held,
  lateDeleted = 0,
  until,
}: Receipt['stores'][number]): readonly string[] {
  if (outcome === 'not concerned') return [store, outcome, '', ''];
  const late = lateDeleted > 0 ? [`a second look deleted ${lateDeleted} more`] : [];
  if (until !== undefined)
    return [store, outcome, '', [`gone by ${until} at the latest`, ...late].join('; ')];
  const left = held > 0 ? `${plural(held, 'item')} kept by a legal hold` : `looked again, found ${found}`;
  return [store, outcome, `deleted ${deleted}`, [left, ...late].join('; ')];
}

export function receiptText(each: Receipt): string {
  const heading = `${what(each)}: ${each.state}, ${each.finishedAt} (request ${each.requestId}, by the ${each.requestedBy})`;
  return `${heading}\n${table(each.stores.map(line))}`;
}
