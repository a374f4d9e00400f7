import * as z from 'zod';
import { section } from './section.ts';

const email = { error: 'allowed: an e-mail address' };
const watch = { error: 'allowed: "account" or "resources"' };
const topic = { error: 'allowed: the ARN of an Amazon SNS topic' };

/** Who is told when something is amiss. Without it there is no alarm and no dashboard: both cost, idle too. */
export const alarms = section({
  email: z.email(email).optional(),
  topicArn: z
    .string(topic)
    .regex(/^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/, topic)
    .optional(),
  /**
   * Errors and throttles of functions and tables: one alarm for what all of the account do in the region, or one for each of
   * this system's. CloudWatch bills each metric that an alarm looks at.
   */
  watch: z.enum(['account', 'resources'], watch).default('account'),
}).optional();

const amount = { error: 'allowed: a number of US dollars above 0' };
const dollars = z.number(amount).positive(amount).max(1_000_000, 'allowed: at most 1000000').optional();

/** When the bill is worth a look. Both see what bears the stage's tag; see docs/runbook.md. */
export const costs = section({
  /** A month's budget: told at 80 % of it, and when the forecast is above it. */
  monthlyUsd: dollars,
  /** Told of an anomaly whose impact is as large as that. */
  anomalyUsd: dollars,
}).prefault({});
