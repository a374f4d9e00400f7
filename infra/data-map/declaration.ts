import * as z from 'zod';

/** Where a resource of the template carries its declaration, so that a deployed one carries it too. */
export const declarationKey = 'Lapse::DataMap';

/** `ids` is what a queue, a log or a metric may hold: ids, times, counts and sizes. */
export const dataKinds = ['message', 'profile', 'membership', 'consent', 'account', 'ids'] as const;

export type DataKind = (typeof dataKinds)[number];

export const declarationSchema = z.strictObject({
  /** The store's plain noun, by which erasure, export and hold know it too. */
  name: z.string().min(1),
  kinds: z.tuple([z.enum(dataKinds)], z.enum(dataKinds)),
  purpose: z.string().min(1),
  /** What ends it where the template's own properties do not say. */
  life: z.string().min(1).optional(),
  /** How the end of a retention, or an erasure, reaches it. */
  deletion: z.string().min(1),
});

/** What the constructor of a store has to say about it; all else on the data map is read from the template. */
export type Declaration = Readonly<z.infer<typeof declarationSchema>>;
