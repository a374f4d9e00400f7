import {
  CreatePlatformEndpointCommand,
  DeleteEndpointCommand,
  PublishCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import type { Device } from './ask-lapse.ts';
import type { Notification } from './notification.ts';

export type MobilePush = {
  /** `dead`: the platform takes the token no more. `skipped`: there is no application for such a device. */
  send(
    device: Pick<Device, 'platform' | 'token'>,
    notification: Notification,
  ): Promise<'sent' | 'dead' | 'skipped'>;
};

/** The ARNs of the platform applications that you have made in SNS. */
export type Applications = Readonly<Record<string, string | undefined>>;

/** A phone that has been off for longer has other news. */
const secondsToLive = 3_600;

export function mobilePush(
  applications: Applications,
  client: Pick<SNSClient, 'send'> = new SNSClient(),
): MobilePush {
  return {
    async send({ platform, token }, notification) {
      const PlatformApplicationArn = applications[platform];
      if (PlatformApplicationArn === undefined) return 'skipped';
      const TargetArn = await endpointOf(PlatformApplicationArn, token);
      if (TargetArn === undefined) return 'dead';
      try {
        await client.send(
          new PublishCommand({
            TargetArn,
            MessageStructure: 'json',
            Message: JSON.stringify(payloadOf(platform, notification)),
            MessageAttributes: attributesOf(platform, notification),
          }),
        );
        return 'sent';
      } catch (error) {
        if (!isNamed(error, 'EndpointDisabledException', 'EndpointDisabled')) throw error;
        // An endpoint stays disabled: the same token would get one that is no better.
        await client.send(new DeleteEndpointCommand({ EndpointArn: TargetArn }));
        return 'dead';
      }
    },
  };

  /** The same for the same token, as long as SNS has it: without user data or attributes nothing of it can differ. */
  async function endpointOf(PlatformApplicationArn: string, Token: string): Promise<string | undefined> {
    try {
      const made = await client.send(new CreatePlatformEndpointCommand({ PlatformApplicationArn, Token }));
      return made.EndpointArn;
    } catch (error) {
      // Of the application it says so too: then nothing is wrong with the token.
      if (
        isNamed(error, 'InvalidParameterException', 'InvalidParameter') &&
        /: Token Reason/.test(error.message)
      )
        return undefined;
      throw error;
    }
  }
}

function isNamed(error: unknown, ...names: readonly string[]): error is Error {
  return error instanceof Error && names.includes(error.name);
}

/** SNS wants each platform's own message as a text in the JSON. */
function payloadOf(platform: string, { id, title, body, conversationId }: Notification): object {
  if (platform === 'fcm') {
    const android = { priority: 'high', ttl: `${secondsToLive}s`, notification: { tag: id } };
    const message = { notification: { title, body }, data: { conversationId }, android };
    return { default: title, GCM: JSON.stringify({ fcmV1Message: { message } }) };
  }
  const aps = { alert: { title, body }, sound: 'default', 'thread-id': conversationId };
  const key = platform === 'apns' ? 'APNS' : 'APNS_SANDBOX';
  return { default: title, [key]: JSON.stringify({ aps, conversationId }) };
}

function attributesOf(platform: string, { id }: Notification) {
  if (platform === 'fcm') return {};
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  const name = platform === 'apns' ? 'APNS' : 'APNS_SANDBOX';
  return {
    'AWS.SNS.MOBILE.APNS.PUSH_TYPE': text('alert'),
    'AWS.SNS.MOBILE.APNS.COLLAPSE_ID': text(id),
    [`AWS.SNS.MOBILE.${name}.TTL`]: text(String(secondsToLive)),
  };
}
