import * as z from 'zod';

const responseShape = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/** The items that a function reported as failed; `all` when its answer cannot be understood, as Lambda takes it. */
export function batchItemFailures(payload: unknown, known: readonly string[]): readonly string[] | 'all' {
  if (payload === null || payload === undefined || payload === '') return [];
  const parsed = responseShape.safeParse(payload);
  if (!parsed.success) return 'all';
  const failed = (parsed.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return failed.every((id) => known.includes(id)) ? failed : 'all';
}
