import type { TokenProvider } from '../configuration/auth.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { ChatFunctions } from './chat-functions.ts';

/** Which of the operator's decisions each function is told. */
export function tellSettings(
  fns: ChatFunctions,
  configuration: Configuration,
  provider: TokenProvider,
): void {
  const { messages, profiles, policy } = configuration;
  const policyNow = { POLICY_VERSION: policy.version, POLICY_DIGEST: policy.digest };
  const grace = { TOKEN_GRACE_SECONDS: String(configuration.auth.graceSeconds) };
  const limits = { LIMITS: JSON.stringify(configuration.limits) };
  const stored = { MESSAGES_STORED: String(messages.stored) };
  const retention = { MESSAGE_RETENTION_SECONDS: String(messages.retentionSeconds) };
  const handover = { HANDOVER_SECONDS: String(messages.handoverSeconds) };
  const profilesStored = { PROFILES_STORED: String(profiles.stored) };
  const profileRetention = { PROFILE_RETENTION_SECONDS: String(profiles.retentionSeconds) };
  const sensitiveData = {
    SENSITIVE_DATA: configuration.sensitiveData,
    NATIONAL_ID_COUNTRIES: JSON.stringify(configuration.nationalIdCountries),
  };
  const ages = { MINIMUM_AGE_OVERRIDES: JSON.stringify(configuration.minimumAge.overrides) };
  const base = { ...policyNow, ...grace };

  fns.authorize.setEnvironment({
    ...policyNow,
    ...profilesStored,
    TOKEN_ISSUER: provider.issuer,
    TOKEN_AUDIENCE: provider.audience,
    TOKEN_JWKS_URI: provider.jwksUri,
    ALLOWED_ORIGINS: JSON.stringify(configuration.origins),
    NATIVE_CLIENTS: String(configuration.nativeClients),
  });
  fns.connect.setEnvironment(base);
  fns.disconnect.setEnvironment(base);
  fns.default.setEnvironment(base);
  fns.ping.setEnvironment(base);
  fns.hello.setEnvironment({
    ...base,
    ...limits,
    ...stored,
    ...retention,
    ...handover,
    ...profilesStored,
    ...profileRetention,
    POLICY_URL: policy.url,
  });
  fns.conversations.setEnvironment({ ...base, ...limits, ...retention });
  fns.consent.setEnvironment({ ...base, ...ages });
  fns.open.setEnvironment({ ...base, ...limits, ...retention });
  fns.members.setEnvironment(base);
  fns.send.setEnvironment({ ...base, ...limits, ...stored, ...retention, ...handover, ...sensitiveData });
  fns.upload.setEnvironment({ ...base, ...limits, ...stored, ...handover });
  fns.download.setEnvironment({ ...base, ...stored, ...retention, ...handover });
  fns.processMedia?.setEnvironment(stored);
  fns.history.setEnvironment({ ...base, ...limits, ...stored, ...retention });
  fns.read.setEnvironment({ ...base, ...stored });
  fns.typing.setEnvironment({ ...base, ...limits });
  fns.profile.setEnvironment({ ...base, ...profilesStored, ...profileRetention, ...sensitiveData });
  fns.retryPush?.setEnvironment({ ...policyNow, ...retention });
  fns.purge?.setEnvironment(retention);
  for (const fn of [fns.applyHolds, fns.admin.hold, fns.admin.release])
    fn.setEnvironment({ ...stored, ...profilesStored });

  fns.export.setEnvironment(base);
  fns.writeExport.setEnvironment({
    ...policyNow,
    ...stored,
    ...retention,
    ...profilesStored,
    ...profileRetention,
  });

  const { admin, erasure } = fns;
  erasure.erase.setEnvironment({ ...base, ...stored, ...retention, ...profilesStored });
  erasure.carryOutErasures.setEnvironment({
    ...policyNow,
    ...stored,
    ...handover,
    ...profilesStored,
    PROOF_SECONDS: String(configuration.proofPeriod),
  });
  admin.consentShow.setEnvironment(policyNow);
  admin.consentRecord.setEnvironment({ ...policyNow, ...ages });
  admin.purgeStatus?.setEnvironment({
    ...retention,
    PURGE_BOUND_SECONDS: String(configuration.purge.boundSeconds ?? 0),
  });
  admin.retentionPreview?.setEnvironment(retention);
}
