import type { MessageBody } from '../protocol/messages/table.ts';
import type { SenderProfile } from '../protocol/profile/table.ts';
import { type Connection, newestFirst } from '../stores/connections/connection.ts';
import type { ConnectedStore } from '../stores/live/connected-store.ts';
import { type FanOutDeps, fanOut } from './fan-out.ts';
import { type Audience, liveConnections } from './live-connections.ts';

export type FanOutMessageDeps = FanOutDeps & {
  readonly connections: Pick<ConnectedStore, 'listByUsers' | 'listByGroup' | 'remove'>;
  /** Of the policy in force: sockets of an older one are not pushed to. */
  readonly policyFingerprint: string;
  /** Whatever else is open: so many of a person are pushed to, the newest ones. */
  readonly connectionsPerUser: number;
};

export type RecipientsDeps = Pick<
  FanOutMessageDeps,
  'connections' | 'policyFingerprint' | 'connectionsPerUser'
>;

/** Whoever sent it, from which connection; with a profile only where profiles are not stored. */
export type Sender = {
  readonly userId: string;
  readonly connectionId: string;
  readonly profile?: SenderProfile;
};

/** The open connections of the members that may see messages: of each no more than the cap, so that nobody slows others down. */
export async function recipients(deps: RecipientsDeps, audience: Audience): Promise<readonly Connection[]> {
  const open = (await liveConnections(deps.connections, audience)).filter(
    ({ consentedPolicy }) => consentedPolicy === deps.policyFingerprint,
  );
  return [...Map.groupBy(open, ({ userId }) => userId).values()].flatMap((own) =>
    own.length > deps.connectionsPerUser ? newestFirst(own).slice(0, deps.connectionsPerUser) : own,
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
