import { consentState, type Policy } from '../stores/consents/consent-entry.ts';
import type { ConsentStore } from '../stores/consents/consent-store.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';

export type ApplyConsentDeps = {
  readonly ledger: Pick<ConsentStore, 'last'>;
  readonly conversations: Pick<ConversationStore, 'suspendUser' | 'resumeUser'>;
  readonly policy: Policy;
};

/**
 * Memberships, which every send and read looks at, come to say what the ledger has just been told. Of decisions made
 * at the same time the last line wins, in whatever order they get here: each looks again after it has written.
 */
export async function applyConsent(
  { ledger, conversations, policy }: ApplyConsentDeps,
  userId: string,
  decision: 'granted' | 'withdrawn',
): Promise<void> {
  let isGranted = decision === 'granted';
  for (;;) {
    await (isGranted ? conversations.resumeUser(userId) : conversations.suspendUser(userId));
    const isGrantedNow = consentState(await ledger.last(userId), policy) === 'granted';
    if (isGrantedNow === isGranted) return;
    isGranted = isGrantedNow;
  }
}
