import { mostPushDevices } from '../configuration/notifications.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { PushTokenFrame } from '../protocol/notifications/frames.ts';
import type { PushTokenResult } from '../protocol/notifications/table.ts';
import { consentState, type Policy } from '../stores/consents/consent-entry.ts';
import type { ConsentStore } from '../stores/consents/consent-store.ts';
import { liveDevices, type PushDevice } from '../stores/personal/push-device.ts';
import { type PushTokenStore, pushTokenId } from '../stores/personal/push-token-store.ts';
import { type Clock, epochSeconds } from '../time.ts';
import { endPushDevices } from './end-push-devices.ts';

export type RegisterPushTokenDeps = {
  readonly tokens: PushTokenStore;
  readonly ledger: Pick<ConsentStore, 'last'>;
  readonly policy: Policy;
  /** How long a token is kept that is not registered again. */
  readonly tokenSeconds: number;
  readonly now: Clock;
};

type Registration = Pick<PushTokenFrame, 'device'> & Required<Pick<PushTokenFrame, 'platform' | 'token'>>;

/** Each lost one means that somebody else has written one of the rows. */
const attempts = 8;
/** An app registers with each start: a token that was registered within a day is not written anew. */
const renewedAfterSeconds = 86_400;

/** Binds the token to the user and the device, and takes it from whomever it was bound to; or takes that of the device away. */
export async function pushToken(
  deps: RegisterPushTokenDeps,
  userId: string,
  { device, platform, token }: Pick<PushTokenFrame, 'device' | 'platform' | 'token'>,
): Promise<PushTokenResult> {
  if (token === null || platform === undefined) {
    await endPushDevices(deps, userId, (each) => each.device === device);
    return shown(liveDevices(await deps.tokens.read(userId), deps.now()));
  }
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const registered = await register(deps, userId, { device, platform, token });
    if (registered !== undefined) return shown(registered);
  }
  throw new ProtocolError('CONFLICT');
}

async function register(
  { tokens, ledger, policy, tokenSeconds, now }: RegisterPushTokenDeps,
  userId: string,
  { device, platform, token }: Registration,
): Promise<readonly PushDevice[] | undefined> {
  if (platform === undefined || token === null) return undefined;
  const tokenId = pushTokenId(platform, token);
  const [seen, [bound], line] = await Promise.all([
    tokens.read(userId),
    tokens.tokens([tokenId]),
    ledger.last(userId),
  ]);
  if (line === undefined || consentState(line, policy) !== 'granted')
    throw new ProtocolError('CONSENT_REQUIRED');
  const at = now();
  const own: PushDevice = {
    ...{ device, platform, tokenId, registeredAt: at },
    expiresAt: epochSeconds(at + tokenSeconds * 1000),
  };
  const live = liveDevices(seen, at);
  const before = live.find((each) => each.device === device && each.tokenId === tokenId);
  const isBound = bound?.boundTo === userId && before !== undefined;
  if (isBound && before.expiresAt > own.expiresAt - renewedAfterSeconds) return live;
  const devices = [...live.filter((each) => each.device !== device && each.tokenId !== tokenId), own].slice(
    -mostPushDevices,
  );
  const lists = [{ userId, seen, devices }, ...(await withoutIt(tokens, bound?.boundTo, userId, tokenId))];
  const { registeredAt: _, ...rest } = own;
  const put = { token: { ...rest, boundTo: userId, token }, seenOwner: bound?.boundTo, agreed: line };
  return (await tokens.replace({ lists, put })) ? devices : undefined;
}

/** The list of whoever had it, without it. */
async function withoutIt(
  tokens: Pick<PushTokenStore, 'read'>,
  owner: string | undefined,
  userId: string,
  tokenId: string,
) {
  if (owner === undefined || owner === userId) return [];
  const seen = await tokens.read(owner);
  const devices = seen.filter((each) => each.tokenId !== tokenId);
  // Also where it lacks it: time to live may have taken the row, and it must not come back meanwhile.
  return [{ userId: owner, seen, devices }];
}

const shown = (devices: readonly PushDevice[]): PushTokenResult => ({
  devices: devices.map(({ tokenId: _, ...each }) => each),
});
