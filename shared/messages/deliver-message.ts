import type { Connection } from '../connections/connection.ts';
import type { ConnectionStore } from '../connections/connection-store.ts';
import { type FanOutDeps, fanOut } from '../connections/fan-out.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { MessageBody } from '../protocol/server-frames.ts';

export type DeliverMessageDeps = FanOutDeps & {
  readonly connections: Pick<ConnectionStore, 'listByUsers' | 'remove'>;
};

/** Every open connection of the members that may see messages. */
export async function recipients(
  deps: Pick<DeliverMessageDeps, 'connections'>,
  { members }: Pick<Conversation, 'members'>,
): Promise<readonly Connection[]> {
  const active = [...members.values()].filter(({ suspended }) => !suspended).map(({ userId }) => userId);
  return (await deps.connections.listByUsers(active)).filter(({ consented }) => consented);
}

/** Pushes to all but the connection that the message came from; returns those to be tried again. */
export async function deliverMessage(
  deps: DeliverMessageDeps,
  connections: readonly Connection[],
  message: MessageBody,
  except?: string,
): Promise<readonly Connection[]> {
  const others = connections.filter(({ connectionId }) => connectionId !== except);
  return fanOut(deps, others, { type: 'message', message });
}
