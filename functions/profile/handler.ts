import { contactsAmong } from '../../shared/conversations/contacts-among.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { answerProfile } from '../../shared/profiles/answer-profile.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { profileFrame } from '../../shared/protocol/profile/frames.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { sensitiveDataGuard } from '../../shared/sensitive-data/sensitive-data-guard.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { currentConsent } from '../../shared/stores/consents/current-consent.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { profileStore } from '../../shared/stores/profiles/profile-store.ts';
import { systemClock } from '../../shared/time.ts';

const { PROFILES_STORED, ...env } = readEnv('POLICY_VERSION', 'POLICY_DIGEST', 'PROFILES_STORED');
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const deps = PROFILES_STORED && storing();

export const handler = frameHandler(
  { schema: profileFrame, policy, needsConsent: true },
  async (frame, { identity }) => {
    if (!deps) throw new ProtocolError('NOT_STORED');
    return answerProfile(deps, identity.userId, frame);
  },
);

function storing() {
  const stores = readEnv(
    'PROFILE_TABLE',
    'CONVERSATION_TABLE',
    'CONSENT_TABLE',
    'METRIC_NAMESPACE',
    'PRIVACY_TABLE',
    'PROFILE_RETENTION_SECONDS',
    'SENSITIVE_DATA',
    'NATIONAL_ID_COUNTRIES',
  );
  const db = documentClient();
  const countries = { nationalIdCountries: stores.NATIONAL_ID_COUNTRIES };
  return {
    profiles: profileStore(db, stores.PROFILE_TABLE),
    holds: holdStore(db, stores.PRIVACY_TABLE),
    contactsAmong: contactsAmong(membershipStore(db, stores.CONVERSATION_TABLE)),
    consent: currentConsent(consentStore(db, stores.CONSENT_TABLE), policy),
    guard: sensitiveDataGuard(stores.SENSITIVE_DATA, countries, metrics(stores.METRIC_NAMESPACE)),
    retentionSeconds: stores.PROFILE_RETENTION_SECONDS,
    now: systemClock,
  };
}
