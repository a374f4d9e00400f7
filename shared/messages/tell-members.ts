import type { Connection } from '../connections/connection.ts';
import { type FanOutDeps, fanOut } from '../connections/fan-out.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Push } from '../protocol/server-frames.ts';
import { type DeliverMessageDeps, recipients } from './deliver-message.ts';

export type TellMembersDeps = FanOutDeps & Pick<DeliverMessageDeps, 'connections' | 'policyMark'>;

/** Pushes to every connection of the conversation's members that is meant: a hint, tried once. */
export async function tellMembers(
  deps: TellMembersDeps,
  conversation: Pick<Conversation, 'members'>,
  push: Push,
  isMeant: (connection: Connection) => boolean = () => true,
): Promise<void> {
  await fanOut(deps, (await recipients(deps, conversation)).filter(isMeant), push);
}
