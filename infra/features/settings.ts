import type { TokenProvider } from '../configuration/auth.ts';
import type { Configuration } from '../configuration/configuration.ts';

/** The operator's decisions as the functions read them. A function is told those that its feature names, and no others. */
export function settingsOf(configuration: Configuration, provider: TokenProvider) {
  const { messages, profiles, policy, purge } = configuration;
  return {
    POLICY_VERSION: policy.version,
    POLICY_DIGEST: policy.digest,
    POLICY_URL: policy.url,
    TOKEN_GRACE_SECONDS: String(configuration.auth.graceSeconds),
    TOKEN_ISSUER: provider.issuer,
    TOKEN_AUDIENCE: provider.audience,
    TOKEN_JWKS_URI: provider.jwksUri,
    ALLOWED_ORIGINS: JSON.stringify(configuration.origins),
    NATIVE_CLIENTS: String(configuration.nativeClients),
    MINIMUM_AGE_OVERRIDES: JSON.stringify(configuration.minimumAge.overrides),
    LIMITS: JSON.stringify(configuration.limits),
    MESSAGES_STORED: String(messages.stored),
    MESSAGE_RETENTION_SECONDS: String(messages.retentionSeconds),
    HANDOVER_SECONDS: String(messages.handoverSeconds),
    PURGE_BOUND_SECONDS: String(purge.boundSeconds ?? 0),
    PROFILES_STORED: String(profiles.stored),
    PROFILE_RETENTION_SECONDS: String(profiles.retentionSeconds),
    PROOF_SECONDS: String(configuration.proofPeriod),
    SENSITIVE_DATA: configuration.sensitiveData,
    NATIONAL_ID_COUNTRIES: JSON.stringify(configuration.nationalIdCountries),
  };
}

export type Settings = ReturnType<typeof settingsOf>;
export type Setting = keyof Settings;

/** The policy that people have to have consented to. */
export const policySettings = ['POLICY_VERSION', 'POLICY_DIGEST'] as const satisfies readonly Setting[];

/** What every function behind a route needs to know whether the sender may still speak. */
export const sessionSettings = [
  ...policySettings,
  'TOKEN_GRACE_SECONDS',
] as const satisfies readonly Setting[];
