import * as z from 'zod';
import { section } from './section.ts';

const arn = {
  error:
    'allowed: the ARN of a Lambda function such as "arn:aws:lambda:ap-northeast-2:111122223333:function:review"',
};
const recipient = { error: 'allowed: a text of 1 to 200 characters without line breaks' };
const millis = { error: 'allowed: a whole number of milliseconds from 100 to 2000' };

/** Beside a video, which may take seven of the ten seconds that a frame has. */
const mostMillis = 2_000;

/**
 * A function of the operator's that reads each message before it is placed, and allows, changes or refuses it; how long it may take; and who
 * is told by it what people write, for the data map.
 */
export const review = section({
  functionArn: z
    .string(arn)
    .regex(/^arn:aws[\w-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(:[\w$-]{1,128})?$/, arn),
  recipient: z.string(recipient).regex(/^[^\p{Cc}\p{Zl}\p{Zp}]{1,200}$/u, recipient),
  timeoutMs: z.int(millis).min(100, millis).max(mostMillis, millis).default(1_500),
}).optional();

export type ReviewConfiguration = NonNullable<z.infer<typeof review>>;
