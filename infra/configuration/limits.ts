import * as z from 'zod';
import { limitsSchema } from '../../shared/configuration/limits.ts';
import { nationalIdCountries, sensitiveDataPolicy } from '../../shared/configuration/sensitive-data.ts';
import { section } from './section.ts';

/** What one client may ask for; the functions are told the same shape. */
export const limits = section(limitsSchema.shape)
  .prefault({})
  .refine(({ textBytes, frameBytes }) => textBytes <= frameBytes, {
    path: ['textBytes'],
    error: 'allowed: at most frameBytes',
    when: ({ issues }) => issues.length === 0,
  })
  .superRefine((values, context) => {
    for (const [burst, keys] of smallestBursts)
      for (const key of keys.filter((each) => values[each] > values[burst]))
        context.addIssue({ code: 'custom', path: [burst], message: `allowed: at least ${key}` });
    if (values.membersAddedBurst < addedInOneFrame)
      context.addIssue({
        code: 'custom',
        path: ['membersAddedBurst'],
        message: `allowed: at least ${addedInOneFrame}`,
      });
    if (values.profileReadsBurst < profilesInOneFrame)
      context.addIssue({
        code: 'custom',
        path: ['profileReadsBurst'],
        message: `allowed: at least ${profilesInOneFrame}`,
      });
  });

/** A frame that takes more than the whole bucket would never pass. */
const smallestBursts = [
  ['uploadBytesBurst', ['imageBytes', 'audioBytes', 'videoBytes', 'fileBytes']],
  ['openMembersBurst', ['groupMembers']],
] as const;

/** As many as the protocol lets a frame ask for. */
const profilesInOneFrame = 50;
const addedInOneFrame = 25;

const requests = z.int().min(1).max(1_000_000);

/** What the stage takes from all clients together before it answers 429. */
export const throttling = section({
  ratePerSecond: requests.default(1_000),
  burst: requests.default(2_000),
}).prefault({});

/** Of the rate at which API Gateway lets new sockets in, the share for those who come back; the others come for the first time. */
const shareOfReturns = 0.8;

/** Nobody waits longer for the next try. */
const longestReturnSeconds = 3_600;

/** So few come back within the usual half minute, whatever happens. */
const shortestReturnSeconds = 30;

/** How many sockets there are at the busiest time, and how many new ones a second the account may have in the region. */
export const connections = section({
  expected: z.int().min(1).max(10_000_000).default(10_000),
  newPerSecond: z.int().min(1).max(100_000).default(500),
})
  .prefault({})
  .transform(({ expected, newPerSecond }, context) => {
    const returnsPerSecond = newPerSecond * shareOfReturns;
    const most = Math.floor(longestReturnSeconds * returnsPerSecond);
    if (expected > most) {
      const message = `allowed: at most ${most} where newPerSecond is ${newPerSecond}`;
      context.addIssue({ code: 'custom', path: ['expected'], message });
    }
    const seconds = Math.ceil(expected / returnsPerSecond);
    return { reconnectWithinSeconds: Math.max(shortestReturnSeconds, seconds) };
  });

/** What happens to a text in which a card, an account or a national id is found. */
export const sensitiveData = z
  .enum(sensitiveDataPolicy.options, { error: 'allowed: "allow", "flag" or "block"' })
  .default('allow');

const countries = { error: `allowed: a list of ${nationalIdCountries.join(', ')}` };

/** Countries whose national ids count without a word beside them. */
export const nationalIdCountryList = z.array(z.enum(nationalIdCountries, countries), countries).default([]);
