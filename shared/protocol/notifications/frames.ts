import * as z from 'zod/mini';
import { action } from '../values.ts';

/** Whose service brings a notification to the device. */
export const platforms = ['apns', 'apns-sandbox', 'fcm', 'web'] as const;

export type Platform = (typeof platforms)[number];

/** The app's own name for this installation of it, which outlasts the tokens. */
export const pushDevice = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** As the platform's SDK gives it: printable ASCII. Of the web the subscription as JSON. */
const pushToken = z.string().check(z.regex(/^[ -~]{1,4096}$/));
const apnsToken = /^[0-9a-f]{64,200}$/i;

/** Registers the token of a device, in place of the one before; `null` takes it away, as at a sign-out. */
export const pushTokenFrame = action('pushToken', {
  device: pushDevice,
  platform: z.optional(z.enum(platforms)),
  token: z.nullable(pushToken),
}).check(
  z.refine(
    ({ platform, token }) => (platform === undefined) === (token === null),
    'a platform with a token, and none without',
  ),
  z.refine(
    ({ platform = 'fcm', token }) => !platform.startsWith('apns') || apnsToken.test(token ?? ''),
    'a token of APNs is in hexadecimal',
  ),
);

export type PushTokenFrame = z.infer<typeof pushTokenFrame>;
