import * as z from 'zod';
import { auth } from './auth.ts';
import { concurrency } from './concurrency.ts';
import { dataKind } from './data-kind.ts';
import { durationSeconds } from './duration.ts';
import { encryption } from './encryption.ts';
import { limits, throttling } from './limits.ts';
import { minimumAge } from './minimum-age.ts';
import { policy } from './policy.ts';
import { purge } from './purge.ts';
import { regions } from './regions.ts';
import { section } from './section.ts';
import { nationalIdCountryList, sensitiveData } from './sensitive-data.ts';

/** The sender's profile, which is not stored, travels on the push: both must fit one 32 KB frame. */
const mostTextBesideProfile = 24_576;

/** What the operator decides; every key has a default. */
export const configuration = section({
  messages: dataKind,
  profiles: dataKind,
  regions: regions.default(['ap-northeast-2']),
  auth,
  policy,
  minimumAge,
  sensitiveData,
  nationalIdCountries: nationalIdCountryList,
  purge,
  /** How long consent and erasure stay provable once the account is gone: three years, a usual limitation period. */
  proofPeriod: durationSeconds.prefault('1095d'),
  recall: section({ window: durationSeconds.prefault('2m') })
    .prefault({})
    .transform(({ window }) => ({ windowSeconds: window })),
  limits,
  throttling,
  concurrency,
  encryption,
  accessLog: z.boolean({ error: 'allowed: true or false' }).default(true),
}).refine(({ profiles, limits: { textBytes } }) => profiles.stored || textBytes <= mostTextBesideProfile, {
  path: ['limits', 'textBytes'],
  error: `allowed: at most ${mostTextBesideProfile} where profiles are not stored`,
});

export type Configuration = Readonly<z.infer<typeof configuration>>;
