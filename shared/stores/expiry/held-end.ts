import type { EpochSeconds } from '../../time.ts';

type Ending = { readonly expiresAt: EpochSeconds };

/** As it is stored under hold: DynamoDB deletes by `expiresAt` and asks nobody, so the end stands elsewhere. */
export function withoutTimeToLive<Item extends Ending>({ expiresAt, ...rest }: Item) {
  return { ...rest, heldExpiresAt: expiresAt };
}

/** What is stored, held or not, with the end by which every read hides it. */
export function withEnd<Item extends Ending>({ heldExpiresAt, ...item }: Record<string, unknown>): Item {
  return { ...item, expiresAt: item['expiresAt'] ?? heldExpiresAt } as unknown as Item;
}
