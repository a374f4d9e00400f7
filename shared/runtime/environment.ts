import * as z from 'zod/mini';
import { ageAssurances } from '../configuration/age-assurance.ts';
import { audiences } from '../configuration/audiences.ts';
import { groupsSchema } from '../configuration/groups.ts';
import { limitsSchema } from '../configuration/limits.ts';
import { reachSchema } from '../configuration/reach.ts';
import { roomsJoinSchema } from '../configuration/rooms-join.ts';
import { sensitiveDataPolicy } from '../configuration/sensitive-data.ts';

const text = z.string().check(z.minLength(1));
const flag = z.pipe(
  z.enum(['true', 'false']),
  z.transform((value) => value === 'true'),
);
const seconds = z.coerce.number().check(z.int(), z.nonnegative());
const json = z.pipe(
  z.string(),
  z.transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.issues.push({ code: 'custom', message: 'must be JSON', input: text });
      return z.NEVER;
    }
  }),
);
const url = z.url();
const texts = z.pipe(json, z.array(z.string()));

/**
 * Every environment variable of every function, and the one place where their names stand: infra sets them by these
 * keys, handlers read them by the same.
 */
export const environmentVariables = {
  messageTable: { name: 'MESSAGE_TABLE', schema: text },
  changeTable: { name: 'CHANGE_TABLE', schema: text },
  conversationTable: { name: 'CONVERSATION_TABLE', schema: text },
  connectionTable: { name: 'CONNECTION_TABLE', schema: text },
  liveTable: { name: 'LIVE_TABLE', schema: text },
  consentTable: { name: 'CONSENT_TABLE', schema: text },
  sendTable: { name: 'SEND_TABLE', schema: text },
  profileTable: { name: 'PROFILE_TABLE', schema: text },
  privacyTable: { name: 'PRIVACY_TABLE', schema: text },
  personalTable: { name: 'PERSONAL_TABLE', schema: text },
  rateLimitTable: { name: 'RATE_LIMIT_TABLE', schema: text },
  reportTable: { name: 'REPORT_TABLE', schema: text },
  reportBucket: { name: 'REPORT_BUCKET', schema: text },
  /** How long what is reported is kept for a moderator to decide; 0: nobody reports anything. */
  reportSeconds: { name: 'REPORT_SECONDS', schema: seconds },
  metricNamespace: { name: 'METRIC_NAMESPACE', schema: text },
  mediaTable: { name: 'MEDIA_TABLE', schema: text },
  mediaBucket: { name: 'MEDIA_BUCKET', schema: text },
  handoverTable: { name: 'HANDOVER_TABLE', schema: text },
  processMediaFunction: { name: 'PROCESS_MEDIA_FUNCTION', schema: text },
  retryQueueUrl: { name: 'RETRY_QUEUE_URL', schema: url },
  roomQueueUrl: { name: 'ROOM_QUEUE_URL', schema: url },
  /** Posts that API Gateway takes a second. */
  callbacksPerSecond: { name: 'CALLBACKS_PER_SECOND', schema: seconds },
  /** Whether people make rooms. */
  roomsOpened: { name: 'ROOMS_OPENED', schema: flag },
  /** Who may come into a room. */
  roomsJoin: { name: 'ROOMS_JOIN', schema: z.pipe(json, roomsJoinSchema) },
  erasureQueueUrl: { name: 'ERASURE_QUEUE_URL', schema: url },
  proofSeconds: { name: 'PROOF_SECONDS', schema: seconds },
  holdQueueUrl: { name: 'HOLD_QUEUE_URL', schema: url },
  exportQueueUrl: { name: 'EXPORT_QUEUE_URL', schema: url },
  exportBucket: { name: 'EXPORT_BUCKET', schema: text },
  callbackUrl: { name: 'CALLBACK_URL', schema: url },
  tokenIssuer: { name: 'TOKEN_ISSUER', schema: url },
  tokenAudience: { name: 'TOKEN_AUDIENCE', schema: text },
  tokenJwksUri: { name: 'TOKEN_JWKS_URI', schema: url },
  tokenGraceSeconds: { name: 'TOKEN_GRACE_SECONDS', schema: seconds },
  policyVersion: { name: 'POLICY_VERSION', schema: text },
  policyDigest: { name: 'POLICY_DIGEST', schema: text },
  policyUrl: { name: 'POLICY_URL', schema: z.string() },
  minimumAgeOverrides: {
    name: 'MINIMUM_AGE_OVERRIDES',
    schema: z.pipe(json, z.record(z.string(), z.int())),
  },
  /** How an age has to be known, at least. */
  ageAssurance: { name: 'AGE_ASSURANCE', schema: z.enum(ageAssurances) },
  /** How long who was too young is refused, whatever they say next. */
  ageRefusalSeconds: { name: 'AGE_REFUSAL_SECONDS', schema: seconds },
  messagesStored: { name: 'MESSAGES_STORED', schema: flag },
  messageRetentionSeconds: { name: 'MESSAGE_RETENTION_SECONDS', schema: seconds },
  /** How long its author may edit a message, and take it back; 0: not at all. */
  editSeconds: { name: 'EDIT_SECONDS', schema: seconds },
  recallSeconds: { name: 'RECALL_SECONDS', schema: seconds },
  /** How long media lives where messages are not stored; 0: there is none. */
  handoverSeconds: { name: 'HANDOVER_SECONDS', schema: seconds },
  /** Over how long clients that all lost their sockets at once spread their returns. */
  reconnectWithinSeconds: { name: 'RECONNECT_WITHIN_SECONDS', schema: seconds },
  /** 0 where only the stores' own time to live deletes. */
  purgeBoundSeconds: { name: 'PURGE_BOUND_SECONDS', schema: seconds },
  profilesStored: { name: 'PROFILES_STORED', schema: flag },
  profileRetentionSeconds: { name: 'PROFILE_RETENTION_SECONDS', schema: seconds },
  /** The operator's function that reads what is written before it is placed; empty where there is none. */
  reviewFunction: { name: 'REVIEW_FUNCTION', schema: z.string() },
  /** How long it may take. */
  reviewMillis: { name: 'REVIEW_MILLIS', schema: seconds },
  sensitiveData: { name: 'SENSITIVE_DATA', schema: sensitiveDataPolicy },
  nationalIdCountries: { name: 'NATIONAL_ID_COUNTRIES', schema: texts },
  /** Empty: every page may connect. */
  allowedOrigins: { name: 'ALLOWED_ORIGINS', schema: texts },
  nativeClients: { name: 'NATIVE_CLIENTS', schema: flag },
  /** What holds in a group unless it says otherwise, and who may add people. */
  /** Whom people may reach. */
  reach: { name: 'REACH', schema: z.pipe(json, reachSchema) },
  /** The operator's own senders by their names: read by who needs them, see `composition/senders`. */
  senders: { name: 'SENDERS', schema: json },
  groups: { name: 'GROUPS', schema: z.pipe(json, groupsSchema) },
  /** Of who has said nothing of it. */
  presenceDefault: { name: 'PRESENCE_DEFAULT', schema: z.enum(audiences) },
  limits: { name: 'LIMITS', schema: z.pipe(json, limitsSchema) },
  /** Where the operator's own systems are told what happens, and of what: read by who needs it, see `composition/events`. */
  events: { name: 'EVENTS', schema: json },
  notificationQueueUrl: { name: 'NOTIFICATION_QUEUE_URL', schema: url },
  /** Where it is told that somebody is to be notified, and what of it is shown; null: nobody is. Likewise, see `composition/notifications`. */
  notifications: { name: 'NOTIFICATIONS', schema: json },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly schema: z.ZodMiniType }>>;

export type EnvironmentKey = keyof typeof environmentVariables;

/** What the variables hold once they are parsed. */
export type Environment = {
  readonly [Key in EnvironmentKey]: z.infer<(typeof environmentVariables)[Key]['schema']>;
};
