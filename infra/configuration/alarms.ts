import * as z from 'zod';
import { section } from './section.ts';

const email = { error: 'allowed: an e-mail address' };
const topic = { error: 'allowed: the ARN of an Amazon SNS topic' };

/** Who is told when something is amiss. Without it there is no alarm and no dashboard: both cost, idle too. */
export const alarms = section({
  email: z.email(email).optional(),
  topicArn: z
    .string(topic)
    .regex(/^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/, topic)
    .optional(),
}).optional();
