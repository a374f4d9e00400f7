import type { ConsentEntry } from '../../shared/stores/consents/consent-entry.ts';
import type { ErasureRequest } from '../../shared/stores/privacy/erasure-request.ts';
import { epochMillis } from '../../shared/time.ts';

/** Alice has asked for her account to be erased, and nothing is done yet. */
export const accountErasure: ErasureRequest = {
  userId: 'alice',
  requestId: 'r1',
  target: { scope: 'account' },
  requestedBy: 'user',
  requestedAt: epochMillis(5),
  writtenBy: epochMillis(5),
  state: 'accepted',
  step: 0,
  tallies: {},
  updatedAt: epochMillis(5),
  revision: 1,
};

/** Consent that she gave a moment after that. */
export const laterConsent: ConsentEntry = {
  userId: 'alice',
  entry: 1,
  decision: 'granted',
  purpose: 'chat',
  policyVersion: '1',
  policyDigest: '',
  decidedAt: epochMillis(6),
};
