import { connectedAmong } from '../reach/who-agrees.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { ConsentReader } from '../stores/consents/current-consent.ts';
import type { Member } from '../stores/conversations/conversation.ts';
import type { BlockStore } from '../stores/personal/block-store.ts';
import { liveDevices } from '../stores/personal/push-device.ts';
import type { PushTokenStore } from '../stores/personal/push-token-store.ts';
import { type Clock, type EpochMillis, epochMillis } from '../time.ts';
import type { DueMessage } from './due-message.ts';

export type WhoIsNotifiedDeps = {
  readonly connections: Pick<ConnectionStore, 'listNow'>;
  readonly blocks: Pick<BlockStore, 'blockersNow'>;
  readonly tokens: Pick<PushTokenStore, 'among'>;
  readonly consent: ConsentReader;
  /** Of the policy in force. */
  readonly policyFingerprint: string;
  readonly now: Clock;
};

/**
 * Those of a page of members whose devices are to say that there is a message: who may read it and has not, has no open connection, has not
 * muted the conversation, does not block whoever wrote it, has a device, and has agreed to the policy in force.
 */
export async function whoIsNotified(
  deps: WhoIsNotifiedDeps,
  message: DueMessage,
  members: readonly Member[],
): Promise<readonly string[]> {
  const meant = members.filter((member) => isMeant(message, member, deps.now())).map(({ userId }) => userId);
  if (meant.length === 0) return [];
  const [devices, open] = await Promise.all([deps.tokens.among(meant), deps.connections.listNow(meant)]);
  const connected = connectedAmong(deps, open);
  const away = meant.filter(
    (userId) => !connected.has(userId) && liveDevices(devices.get(userId) ?? [], deps.now()).length > 0,
  );
  if (away.length === 0) return [];
  const [blockers, agreed] = await Promise.all([
    deps.blocks.blockersNow(message.from, away),
    Promise.all(away.map(async (userId) => (await deps.consent(userId)) === 'granted')),
  ]);
  return away.filter((userId, index) => agreed[index] === true && !blockers.has(userId));
}

const never = epochMillis(0);

/** By their own row. */
function isMeant(
  { from, seq, hiddenFor }: DueMessage,
  { userId, fromSeq = 1, joinedSeq = 0, readSeq, mutedUntil = never, blocks }: Member,
  now: EpochMillis,
): boolean {
  return (
    userId !== from &&
    fromSeq <= seq &&
    joinedSeq < seq &&
    readSeq < seq &&
    mutedUntil <= now &&
    blocks !== true &&
    !hiddenFor.has(userId)
  );
}
