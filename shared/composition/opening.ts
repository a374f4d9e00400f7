import { tellOpened } from '../conversations/tell-opened.ts';
import type { OpenFrame } from '../protocol/conversations/frames.ts';
import { groupId, markOf } from '../stores/conversations/group-id.ts';
import { roomId } from '../stores/conversations/room-id.ts';
import { type Composed, merged } from './compose.ts';
import { pushing } from './gateways.ts';
import { guard } from './guard.ts';
import { groupTitles } from './profiles.ts';
import { groups, limits, messagesStored, profilesStored, retentionSeconds } from './settings.ts';
import {
  awaited,
  blocks,
  connectionRows,
  conversationBlocks,
  conversationEnds,
  conversationRows,
  conversations,
  holds,
  idSecret,
  live,
  recent,
  waitingRows,
} from './stores.ts';

/** What it takes to open a conversation, but for who may be named and who makes rooms. */
export const openingParts = {
  ...pushing,
  conversations: merged(
    merged(merged(conversations, conversationRows), conversationEnds),
    conversationBlocks,
  ),
  waitingRows,
  awaited,
  blocks,
  sockets: connectionRows,
  live,
  titles: groupTitles,
  profilesStored,
  guard,
  holds,
  idSecret,
  groups,
  limits,
  recent,
  messagesStored,
  retentionSeconds,
};

export function opening(parts: Composed<typeof openingParts>) {
  const { history, afterLeaving } = parts.groups;
  return {
    tell: tellOpened(parts),
    connections: parts.sockets,
    groups: { history, afterLeaving },
    roomIdOf: async (userId: string, frame: OpenFrame) =>
      roomId(markOf(await parts.idSecret(), userId, frame)),
    groupIdOf: async (userId: string, frame: OpenFrame) => groupId(await parts.idSecret(), userId, frame),
  };
}
