import type { Platform } from '../../protocol/notifications/frames.ts';
import type { EpochMillis, EpochSeconds } from '../../time.ts';

/** A device of somebody that is notified, without its token. */
export type PushDevice = {
  /** The app's own name for it. */
  readonly device: string;
  readonly platform: Platform;
  /** Says which token, and nothing of it. */
  readonly tokenId: string;
  readonly registeredAt: EpochMillis;
  readonly expiresAt: EpochSeconds;
};

/** A secret: whoever has it reaches the device. */
export type PushToken = Omit<PushDevice, 'registeredAt'> & {
  readonly boundTo: string;
  readonly token: string;
};

/** The row of a person that says which devices they have: exported without what leads to the tokens. */
export const pushDevicesEntry = 'pushDevices';

/** Those whose time is not over. */
export function liveDevices<Ending extends Pick<PushDevice, 'expiresAt'>>(
  devices: readonly Ending[],
  now: EpochMillis,
): readonly Ending[] {
  return devices.filter(({ expiresAt }) => expiresAt * 1000 > now);
}
