import * as z from 'zod';
import { shownInNotifications } from '../../shared/configuration/notifications.ts';
import { durationSeconds } from './duration.ts';
import { busArn, recipient, source } from './events.ts';
import { section } from './section.ts';

const show = { error: `allowed: ${shownInNotifications.map((each) => `"${each}"`).join(', ')}` };
const shortestSeconds = 86_400;
const longestSeconds = 270 * 86_400;

/** Where it is told that somebody without a connection is to be notified, and what may be shown of it. Without it no device is registered. */
export const notifications = section({
  busArn,
  recipient,
  show: z.enum(shownInNotifications, show).default('nothing'),
  /** How long a token is kept that the app does not register again: Google gives one up after 270 days. */
  tokens: durationSeconds
    .refine((seconds) => seconds >= shortestSeconds && seconds <= longestSeconds, {
      error: 'allowed: "1d" to "270d"',
    })
    .prefault('60d'),
  source,
})
  .transform(({ tokens, ...rest }) => ({ ...rest, tokenSeconds: tokens }))
  .optional();

export type Notifications = NonNullable<z.infer<typeof notifications>>;
