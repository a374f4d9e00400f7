import { contactsAmong } from '../../shared/conversations/contacts-among.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { answerProfile } from '../../shared/profiles/answer-profile.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { profileFrame } from '../../shared/protocol/profile/frames.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { sensitiveDataGuard } from '../../shared/sensitive-data/sensitive-data-guard.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { currentConsent } from '../../shared/stores/consents/current-consent.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { profileStore } from '../../shared/stores/profiles/profile-store.ts';
import { systemClock } from '../../shared/time.ts';

const { profilesStored, ...env } = readEnvironment('policyVersion', 'policyDigest', 'profilesStored');
const policy = { version: env.policyVersion, digest: env.policyDigest };
const deps = profilesStored && storing();

export const handler = frameHandler(
  { schema: profileFrame, policy, needsConsent: true },
  async (frame, { identity }) => {
    if (!deps) throw new ProtocolError('NOT_STORED');
    return answerProfile(deps, identity.userId, frame);
  },
);

function storing() {
  const stores = readEnvironment(
    'profileTable',
    'conversationTable',
    'consentTable',
    'metricNamespace',
    'privacyTable',
    'profileRetentionSeconds',
    'sensitiveData',
    'nationalIdCountries',
  );
  const db = documentClient();
  const countries = { nationalIdCountries: stores.nationalIdCountries };
  return {
    profiles: profileStore(db, stores.profileTable),
    holds: holdStore(db, stores.privacyTable),
    contactsAmong: contactsAmong(membershipStore(db, stores.conversationTable)),
    consent: currentConsent(consentStore(db, stores.consentTable), policy),
    guard: sensitiveDataGuard(stores.sensitiveData, countries, metrics(stores.metricNamespace)),
    retentionSeconds: stores.profileRetentionSeconds,
    now: systemClock,
  };
}
