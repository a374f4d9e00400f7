import * as z from 'zod';
import { limitsSchema } from '../configuration/limits.ts';
import { sensitiveDataPolicy } from '../configuration/sensitive-data.ts';

const name = z.string().min(1);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const seconds = z.coerce.number().int().nonnegative();
const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

/** Every environment variable of every function: infra sets these names, handlers read them. */
const env = z.object({
  MESSAGE_TABLE: name,
  CONVERSATION_TABLE: name,
  CONNECTION_TABLE: name,
  CONSENT_TABLE: name,
  SEND_TABLE: name,
  PROFILE_TABLE: name,
  PRIVACY_TABLE: name,
  METRIC_NAMESPACE: name,
  MEDIA_TABLE: name,
  MEDIA_BUCKET: name,
  HANDOVER_TABLE: name,
  PROCESS_MEDIA_FUNCTION: name,
  RETRY_QUEUE_URL: z.url(),
  ERASURE_QUEUE_URL: z.url(),
  PROOF_SECONDS: seconds,
  HOLD_QUEUE_URL: z.url(),
  EXPORT_QUEUE_URL: z.url(),
  EXPORT_BUCKET: name,
  CALLBACK_URL: z.url(),
  TOKEN_ISSUER: z.url(),
  TOKEN_AUDIENCE: name,
  TOKEN_JWKS_URI: z.url(),
  TOKEN_GRACE_SECONDS: seconds,
  POLICY_VERSION: name,
  POLICY_DIGEST: name,
  POLICY_URL: z.string(),
  MINIMUM_AGE_OVERRIDES: json.pipe(z.record(z.string(), z.number().int())),
  MESSAGES_STORED: flag,
  MESSAGE_RETENTION_SECONDS: seconds,
  /** How long media lives where messages are not stored; 0: there is none. */
  HANDOVER_SECONDS: seconds,
  /** 0 where only the stores' own time to live deletes. */
  PURGE_BOUND_SECONDS: seconds,
  PROFILES_STORED: flag,
  PROFILE_RETENTION_SECONDS: seconds,
  SENSITIVE_DATA: sensitiveDataPolicy,
  NATIONAL_ID_COUNTRIES: json.pipe(z.array(z.string())),
  /** Empty: every page may connect. */
  ALLOWED_ORIGINS: json.pipe(z.array(z.string())),
  NATIVE_CLIENTS: flag,
  LIMITS: json.pipe(limitsSchema),
});

export type Env = z.infer<typeof env>;
export type EnvName = keyof Env;

/** The only reader of process.env in a function. Throws at cold start, naming everything that is missing. */
export function readEnv<Name extends EnvName>(...names: Name[]): Pick<Env, Name> {
  const mask = Object.fromEntries(names.map((each) => [each, true])) as Record<Name, true>;
  const parsed = env.pick(mask as Record<EnvName, true>).safeParse(process.env);
  if (!parsed.success) throw new Error(`invalid environment: ${z.prettifyError(parsed.error)}`);
  return parsed.data as Pick<Env, Name>;
}
