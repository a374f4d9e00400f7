import type { PushDevice } from '../stores/personal/push-device.ts';
import type { PushTokenStore } from '../stores/personal/push-token-store.ts';

export type EndPushDevicesDeps = {
  readonly tokens: Pick<PushTokenStore, 'read' | 'replace'>;
};

/** Each lost one means that somebody has registered or ended a device at the same time. */
const attempts = 20;

/** Takes devices of somebody away, with their tokens: all of them, or those that are meant. Answers how many there were. */
export async function endPushDevices(
  { tokens }: EndPushDevicesDeps,
  userId: string,
  isMeant: (device: PushDevice) => boolean = () => true,
): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const seen = await tokens.read(userId);
    const devices = seen.filter((each) => !isMeant(each));
    const gone = seen.length - devices.length;
    if (gone === 0) return 0;
    if (await tokens.replace({ lists: [{ userId, seen, devices }] })) return gone;
  }
  throw new Error('somebody else writes the devices of this user all the time');
}
