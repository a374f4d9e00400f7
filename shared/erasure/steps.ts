import type { ErasureTarget } from '../protocol/erasure/erasure-target.ts';
import type { ErasedStore } from '../stores/privacy/erasure-by-store.ts';
import type { Eraser } from './eraser.ts';

/**
 * An eraser for each store that this deployment has. A store that erasure does not know is not compiled. The media of messages
 * goes with them; that of the media is for what was never sent.
 */
export type Erasers = { readonly [Store in ErasedStore]: Eraser | undefined };

export type Step = { readonly store: ErasedStore | undefined; readonly run: Eraser };

/**
 * Connections last: until then they could be told. Memberships after the messages and titles, which are found through them. Exports
 * after what they were written from: one that begins from then on reads what is left.
 */
const stores: Readonly<Record<ErasureTarget['scope'], readonly ErasedStore[]>> = {
  account: [
    'messages',
    'mediaObjects',
    'sends',
    'profiles',
    'exportFiles',
    'conversations',
    // Before what leads to them.
    'reports',
    'personal',
    'rateLimits',
    'live',
    'connections',
  ],
  profile: ['profiles', 'exportFiles'],
  conversation: ['messages', 'mediaObjects', 'profiles', 'exportFiles'],
  message: ['messages', 'mediaObjects', 'exportFiles'],
};

export function concernedBy({ scope }: ErasureTarget): readonly ErasedStore[] {
  return stores[scope];
}

/** The first step of an account is the end of the consent, which is taken once. */
export function stepsOf(target: ErasureTarget, erasers: Erasers, endConsent: Eraser): readonly Step[] {
  const steps = stores[target.scope].flatMap((store) => {
    // What was uploaded for a conversation and is in none of its messages is no part of it.
    const run = store === 'mediaObjects' && target.scope !== 'account' ? undefined : erasers[store];
    return run === undefined ? [] : [{ store, run }];
  });
  return target.scope === 'account' ? [{ store: undefined, run: endConsent }, ...steps] : steps;
}

/** Where an erasure begins that is taken up again. */
export function firstStepAgain({ scope }: ErasureTarget): number {
  return scope === 'account' ? 1 : 0;
}
