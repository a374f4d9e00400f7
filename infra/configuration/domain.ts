import * as z from 'zod';
import { section } from './section.ts';

const name = { error: 'allowed: a host name in lower case such as "chat.example.com"' };
const certificate = { error: 'allowed: the ARN of an ACM certificate in the region of the API' };
const zone = { error: 'allowed: the id of a Route 53 hosted zone such as "Z0123456789ABCDEFGHIJ"' };

/** A name of one's own for the WebSocket API. */
export const domain = section({
  name: z.string(name).regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, name),
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
