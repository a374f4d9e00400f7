import type { MessageBody } from '../protocol/messages/table.ts';
import type { SenderProfile } from '../protocol/profile/table.ts';
import type { Connection } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { Conversation } from '../stores/conversations/conversation.ts';
import { type FanOutDeps, fanOut } from './fan-out.ts';

export type FanOutMessageDeps = FanOutDeps & {
  readonly connections: Pick<ConnectionStore, 'listByUsers' | 'remove'>;
  /** Of the policy in force: sockets of an older one are not pushed to. */
  readonly policyFingerprint: string;
};

/** Whoever sent it, from which connection; with a profile only where profiles are not stored. */
export type Sender = {
  readonly userId: string;
  readonly connectionId: string;
  readonly profile?: SenderProfile;
};

/** Every open connection of the members that may see messages. */
export async function recipients(
  deps: Pick<FanOutMessageDeps, 'connections' | 'policyFingerprint'>,
  { members }: Pick<Conversation, 'members'>,
): Promise<readonly Connection[]> {
  const active = [...members.values()].filter(({ suspended }) => !suspended).map(({ userId }) => userId);
  return (await deps.connections.listByUsers(active)).filter(
    ({ consentedPolicy }) => consentedPolicy === deps.policyFingerprint,
  );
}

/** Pushes to all but the connection that the message came from; returns those to be tried again. */
export async function fanOutMessage(
  deps: FanOutMessageDeps,
  connections: readonly Connection[],
  message: MessageBody,
  sender?: Sender,
): Promise<readonly Connection[]> {
  const others = connections.filter(({ connectionId }) => connectionId !== sender?.connectionId);
  return fanOut(deps, others, {
    type: 'message',
    message,
    ...(sender?.profile !== undefined && { profile: sender.profile }),
  });
}
