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
  const policyNow = { policyVersion: policy.version, policyDigest: policy.digest };
  const grace = { tokenGraceSeconds: String(configuration.auth.graceSeconds) };
  const limits = { limits: JSON.stringify(configuration.limits) };
  const stored = { messagesStored: String(messages.stored) };
  const retention = { messageRetentionSeconds: String(messages.retentionSeconds) };
  const handover = { handoverSeconds: String(messages.handoverSeconds) };
  const profilesStored = { profilesStored: String(profiles.stored) };
  const profileRetention = { profileRetentionSeconds: String(profiles.retentionSeconds) };
  const sensitiveData = {
    sensitiveData: configuration.sensitiveData,
    nationalIdCountries: JSON.stringify(configuration.nationalIdCountries),
  };
  const ages = { minimumAgeOverrides: JSON.stringify(configuration.minimumAge.overrides) };
  const base = { ...policyNow, ...grace };

  fns.authorize.setEnvironment({
    ...policyNow,
    ...profilesStored,
    tokenIssuer: provider.issuer,
    tokenAudience: provider.audience,
    tokenJwksUri: provider.jwksUri,
    allowedOrigins: JSON.stringify(configuration.origins),
    nativeClients: String(configuration.nativeClients),
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
    policyUrl: policy.url,
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
    proofSeconds: String(configuration.proofPeriod),
  });
  admin.consentShow.setEnvironment(policyNow);
  admin.consentRecord.setEnvironment({ ...policyNow, ...ages });
  admin.purgeStatus?.setEnvironment({
    ...retention,
    purgeBoundSeconds: String(configuration.purge.boundSeconds ?? 0),
  });
  admin.retentionPreview?.setEnvironment(retention);
}
