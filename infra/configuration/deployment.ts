import { RegionInfo } from 'aws-cdk-lib/region-info';
import * as z from 'zod';
import { section } from './section.ts';

const known = new Set(RegionInfo.regions.map(({ name }) => name));
const regionList =
  'allowed: a list of AWS region codes such as ["ap-northeast-2"], the first one being the default';

const region = z
  .string({ error: 'allowed: an AWS region code such as "ap-northeast-2"' })
  .refine((name) => known.has(name), { error: 'allowed: an AWS region code such as "ap-northeast-2"' });

/** The regions that the operator's terms name; nothing is deployed to, or replicates to, any other. */
export const regions = z
  .array(z.unknown(), { error: regionList })
  .min(1, { error: regionList })
  .pipe(z.tuple([region], region))
  .refine((names) => new Set(names).size === names.length, { error: 'allowed: each region once' });

const stageName = {
  error: 'allowed: 1 to 12 lower-case letters and digits, beginning with a letter, such as "dev"',
};
const taken = { error: 'allowed: any name but "default", by which the stage without a name is known' };

/** Keeps several deployments in one account apart; no hyphen, so that no two names of stacks can be the same. */
export const stage = z
  .string(stageName)
  .regex(/^[a-z][a-z0-9]{0,11}$/, stageName)
  .refine((name) => name !== 'default', taken)
  .optional();

const hostName = { error: 'allowed: a host name in lower case such as "chat.example.com"' };
const certificate = { error: 'allowed: the ARN of an ACM certificate in the region of the API' };
const zone = { error: 'allowed: the id of a Route 53 hosted zone such as "Z0123456789ABCDEFGHIJ"' };

/** A name of one's own for the WebSocket API. */
export const domain = section({
  name: z
    .string(hostName)
    .regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, hostName),
  certificateArn: z
    .string(certificate)
    .regex(/^arn:aws[\w-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, certificate),
  /** With it the stack makes the DNS record too. */
  hostedZoneId: z
    .string(zone)
    .regex(/^Z[A-Z0-9]{1,31}$/, zone)
    .optional(),
}).optional();

export type Domain = NonNullable<z.infer<typeof domain>>;

export function regionOfCertificate({ certificateArn }: Domain): string {
  return certificateArn.split(':')[3] ?? '';
}

/**
 * Whose keys encrypt what is stored: the services' own, which cost nothing, or a KMS key of the operator's for each
 * stack, about a dollar a month each and a fee for requests, whose use can be watched and taken away.
 */
export const encryption = z
  .enum(['aws', 'customer'], { error: 'allowed: "aws" or "customer"' })
  .default('aws');

const instances = 'allowed: a whole number from 1 to 100000';

/**
 * How many instances of a function there may be at most, and are kept for it, by the function's name. None by default:
 * all share what the account has, and the throttling of the stage bounds them together.
 */
export const concurrency = z
  .record(
    z.string(),
    z.int({ error: instances }).min(1, { error: instances }).max(100_000, { error: instances }),
    {
      error: 'allowed: an object of numbers by function such as {"send": 50}',
    },
  )
  .default({});
