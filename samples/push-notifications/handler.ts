import { askLapse, type Lapse } from './ask-lapse.ts';
import { forgetEndpoints } from './forget-endpoints.ts';
import { type MobilePush, mobilePush } from './mobile-push.ts';
import { notificationOf } from './notification.ts';

/** The target of a rule for `lapse.notification.due`: ids alone. */
export type NotificationDue = {
  readonly detail: {
    readonly eventId: string;
    readonly userId: string;
    readonly conversationId: string;
    readonly seq: number;
    readonly contentType: string;
    readonly mentioned: boolean;
  };
};

/**
 * Asks Lapse where the notification goes and what it may show, as of now, and hands it to Amazon SNS. An event may come twice: both have one
 * `eventId`, under which the phone shows one. Nothing of it is kept here, nor written to a log.
 */
export async function notifyDevices(
  { lapse, push }: { readonly lapse: Lapse; readonly push: MobilePush },
  { detail }: NotificationDue,
): Promise<void> {
  const { userId, conversationId, seq } = detail;
  const { devices, shows } = await lapse.delivery({ userId, conversationId, seq });
  const notification = notificationOf(detail, shows);
  const failures: unknown[] = [];
  for (const device of devices) {
    try {
      // The token is of no use any more: Lapse forgets it, unless the app has registered another one.
      if ((await push.send(device, notification)) === 'dead')
        await lapse.endToken({ userId, tokenId: device.tokenId });
    } catch (error) {
      failures.push(error);
    }
  }
  // One that fails keeps no other one waiting; Lambda brings the event again, which the others see once.
  if (failures.length > 0)
    throw new Error(`${failures.length} of ${devices.length} devices were not reached`);
}

const applications = {
  apns: process.env['APNS_APPLICATION_ARN'],
  'apns-sandbox': process.env['APNS_SANDBOX_APPLICATION_ARN'],
  fcm: process.env['FCM_APPLICATION_ARN'],
};
const deps = { lapse: askLapse(), push: mobilePush(applications) };

export const handler = async (event: NotificationDue): Promise<void> => notifyDevices(deps, event);

/** By a clock, once a day: SNS keeps the tokens that it is given. */
export const forget = async (
  _event: unknown,
  context: { getRemainingTimeInMillis(): number },
): Promise<void> => {
  const isOver = () => context.getRemainingTimeInMillis() < 10_000;
  await forgetEndpoints(
    Object.values(applications).filter((arn) => arn !== undefined),
    isOver,
  );
};
