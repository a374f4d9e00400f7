import { functionsOf } from './functions.ts';
import type { Recipient } from './recipient.ts';
import type { System } from './system.ts';

/** Whom the operator has personal data told, and the functions that do so. */
export type ToldRecipient = Recipient & { readonly by: readonly string[] };

export function recipientsOf(system: System): readonly ToldRecipient[] {
  const told = new Map<string, ToldRecipient>();
  for (const { name, resource } of functionsOf(system)) {
    const { recipient } = resource;
    if (recipient === undefined) continue;
    const before = told.get(JSON.stringify(recipient));
    told.set(JSON.stringify(recipient), { ...recipient, by: [...(before?.by ?? []), name].toSorted() });
  }
  return [...told.values()];
}
