import type { PersonalStore } from '../privacy/personal-stores.ts';

/** What erasing an account does about a store. */
export type ErasureDuty =
  | { readonly kind: 'erased' }
  /** Kept for the operator's proof period: that the consent and this erasure took place must stay provable. */
  | { readonly kind: 'kept' }
  /** Ids only, gone by themselves after so many seconds at the latest. */
  | { readonly kind: 'ages out'; readonly seconds: number };

const days = 86_400;

export const erasureDuties = {
  messages: { kind: 'erased' },
  sends: { kind: 'erased' },
  conversations: { kind: 'erased' },
  connections: { kind: 'erased' },
  profiles: { kind: 'erased' },
  consents: { kind: 'kept' },
  privacy: { kind: 'kept' },
  retries: { kind: 'ages out', seconds: 3_600 },
  retryDeadLetters: { kind: 'ages out', seconds: 4 * days },
  erasures: { kind: 'ages out', seconds: days },
  erasureDeadLetters: { kind: 'ages out', seconds: 4 * days },
  holdWork: { kind: 'ages out', seconds: days },
  holdWorkDeadLetters: { kind: 'ages out', seconds: 4 * days },
  logs: { kind: 'ages out', seconds: 7 * days },
} as const satisfies Record<PersonalStore, ErasureDuty>;

export type ErasedStore = {
  [Store in PersonalStore]: (typeof erasureDuties)[Store] extends { kind: 'erased' } ? Store : never;
}[PersonalStore];
