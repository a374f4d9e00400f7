import type { PersonalStore } from '../../protocol/personal-stores.ts';
import { changeSeconds } from '../changes/change.ts';

/** What erasing an account does about a store. */
export type StoreErasure =
  | {
      readonly kind: 'erased';
      /** What a function left that died while it wrote or deleted: nothing leads to it, and it goes by itself after so long. */
      readonly strayedSeconds?: number;
      /** What others have reported of theirs stays, as under `reported`. */
      readonly andReported?: true;
    }
  /**
   * What others have reported: a copy stays until a moderator decides, or its time is over. The receipt says so whether or not there
   * is one, or it would tell whoever was reported.
   */
  | { readonly kind: 'reported' }
  /** Kept for the operator's proof period: that the consent and this erasure took place must stay provable. */
  | { readonly kind: 'kept' }
  /** Ids only, gone by themselves after so many seconds at the latest. */
  | { readonly kind: 'ages out'; readonly seconds: number };

const days = 86_400;

/** How long AWS may take beyond an end of its own. It promises none of them; docs/erasure.md has what it says of each. */
const lag = { timeToLive: 7 * days, logs: 3 * days, lifecycle: 2 * days };

/** What is proof ends by time to live alone. */
export const proofLagSeconds = lag.timeToLive;

/** What was reported is deleted by a function, within the hour or so in which somebody has to see to one that does not run. */
export const reportLagSeconds = 3_600;

export const erasureByStore = {
  messages: { kind: 'erased' },
  // Nobody's id: that a message of that number changed.
  changes: { kind: 'ages out', seconds: changeSeconds + lag.timeToLive },
  mediaObjects: { kind: 'erased' },
  // Of what was sent it is gone at once; an upload under way is looked at within the hour.
  media: { kind: 'ages out', seconds: 3_600 },
  // From the upload on, whether or not it is sent.
  handovers: { kind: 'ages out', seconds: 3_600 },
  handoverObjects: { kind: 'ages out', seconds: 3_600 },
  sends: { kind: 'erased' },
  conversations: { kind: 'erased' },
  connections: { kind: 'erased' },
  live: { kind: 'erased' },
  personal: { kind: 'erased' },
  // Who has reported something, at once.
  reports: { kind: 'erased', andReported: true },
  reportObjects: { kind: 'reported' },
  rateLimits: { kind: 'erased' },
  profiles: { kind: 'erased' },
  consents: { kind: 'kept' },
  privacy: { kind: 'kept' },
  retries: { kind: 'ages out', seconds: 3_600 },
  retryDeadLetters: { kind: 'ages out', seconds: 4 * days },
  roomWork: { kind: 'ages out', seconds: 3_600 },
  roomWorkDeadLetters: { kind: 'ages out', seconds: 4 * days },
  notifications: { kind: 'ages out', seconds: 3_600 },
  notificationDeadLetters: { kind: 'ages out', seconds: 4 * days },
  erasures: { kind: 'ages out', seconds: days },
  erasureDeadLetters: { kind: 'ages out', seconds: 4 * days },
  exports: { kind: 'ages out', seconds: days },
  exportDeadLetters: { kind: 'ages out', seconds: 4 * days },
  exportFiles: { kind: 'erased', strayedSeconds: days + lag.lifecycle },
  holdWork: { kind: 'ages out', seconds: days },
  holdWorkDeadLetters: { kind: 'ages out', seconds: 4 * days },
  logs: { kind: 'ages out', seconds: 7 * days + lag.logs },
} as const satisfies Record<PersonalStore, StoreErasure>;

export type ErasedStore = {
  [Store in PersonalStore]: (typeof erasureByStore)[Store] extends { kind: 'erased' } ? Store : never;
}[PersonalStore];
