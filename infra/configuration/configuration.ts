import * as z from 'zod';
import { auth, minimumAge, origins, policy } from './access.ts';
import { concurrency, domain, encryption, regions, stage } from './deployment.ts';
import { durationSeconds } from './duration.ts';
import { events, kindsOfMessages, regionOfBus } from './events.ts';
import { groups } from './groups.ts';
import { connections, limits, nationalIdCountryList, sensitiveData, throttling } from './limits.ts';
import { messageWindows } from './message-windows.ts';
import { notifications } from './notifications.ts';
import { alarms, costs } from './operations.ts';
import { presence } from './presence.ts';
import { reach } from './reach.ts';
import { reports } from './reports.ts';
import { messages, profiles, purge } from './retention.ts';
import { review } from './review.ts';
import { rooms } from './rooms.ts';
import { section } from './section.ts';
import { senders } from './senders.ts';

const flag = { error: 'allowed: true or false' };

/** The sender's profile, which is not stored, travels on the push: both must fit one 32 KB frame. */
const mostTextBesideProfile = 24_576;

/** A function remembers for some minutes that somebody has agreed: by then the line that ends it is to be there. */
const leastProofSeconds = 3_600;

/** What the operator decides; every key has a default. */
export const configuration = section({
  messages,
  profiles,
  regions: regions.default(['ap-northeast-2']),
  auth,
  policy,
  minimumAge,
  sensitiveData,
  nationalIdCountries: nationalIdCountryList,
  review,
  purge,
  /** How long consent and erasure stay provable once the account is gone: three years, a usual limitation period. */
  proofPeriod: durationSeconds
    .refine((seconds) => seconds >= leastProofSeconds, { error: 'allowed: "1h" or longer' })
    .prefault('1095d'),
  /** By when whoever asked for an erasure has to have an answer: the month of data protection laws. */
  erasure: section({ deadline: durationSeconds.prefault('30d') })
    .prefault({})
    .transform(({ deadline }) => ({ deadlineSeconds: deadline })),
  ...messageWindows,
  groups,
  reach,
  senders,
  rooms,
  reports,
  limits,
  presence,
  throttling,
  connections,
  concurrency,
  encryption,
  accessLog: z.boolean(flag).default(false),
  stage,
  domain,
  origins,
  nativeClients: z.boolean(flag).default(true),
  alarms,
  costs,
  tracing: z.boolean(flag).default(false),
  events,
  notifications,
})
  .refine(({ events: told, regions: agreed }) => told === undefined || agreed.includes(regionOfBus(told)), {
    path: ['events', 'busArn'],
    error: 'allowed: a bus in one of the regions of `regions`',
  })
  .refine(
    ({ events: told, messages: { stored } }) =>
      stored || !kindsOfMessages.some((kind) => told?.kinds?.includes(kind)),
    {
      path: ['events', 'kinds'],
      error: 'allowed: "consent" and "privacy" where messages are not stored',
    },
  )
  .refine(({ events: told, messages: { stored } }) => stored || told?.content !== true, {
    path: ['events', 'content'],
    error: 'allowed: false where messages are not stored',
  })
  .refine(
    ({ notifications: told, regions: agreed }) => told === undefined || agreed.includes(regionOfBus(told)),
    { path: ['notifications', 'busArn'], error: 'allowed: a bus in one of the regions of `regions`' },
  )
  .refine(({ notifications: told, messages: { stored } }) => stored || told === undefined, {
    path: ['notifications'],
    error: 'allowed: only where messages are stored',
  })
  .refine(({ notifications: told, profiles: { stored } }) => stored || told?.show !== 'sender', {
    path: ['notifications', 'show'],
    error: 'allowed: "nothing" or "text" where profiles are not stored',
  })
  .refine(({ profiles: { stored }, limits: { textBytes } }) => stored || textBytes <= mostTextBesideProfile, {
    path: ['limits', 'textBytes'],
    error: `allowed: at most ${mostTextBesideProfile} where profiles are not stored`,
  })
  .refine(({ origins: listed, nativeClients }) => nativeClients || listed.length > 0, {
    path: ['nativeClients'],
    error: 'allowed: false only where origins are listed',
  })
  .refine(
    ({ alarms: told, costs: { monthlyUsd, anomalyUsd } }) =>
      hasRecipient(told) || !(monthlyUsd ?? anomalyUsd),
    {
      path: ['costs'],
      error: 'allowed: only where alarms names an email or a topicArn to tell',
    },
  );

function hasRecipient(told: z.infer<typeof alarms>): boolean {
  return told?.email !== undefined || told?.topicArn !== undefined;
}

export type Configuration = Readonly<z.infer<typeof configuration>>;
