import { randomBytes } from 'node:crypto';
import { announceChange } from '../members/announce-change.ts';
import { admitMember } from '../members/change-members.ts';
import { findEachOther } from '../members/find-each-other.ts';
import type { Environment } from '../runtime/environment.ts';
import type { WaitingMember } from '../stores/conversations/conversation.ts';
import { merged, together } from './compose.ts';
import { crowd } from './crowd.ts';
import { pushing, retries } from './gateways.ts';
import { ifMessagesStored } from './modes.ts';
import { listingRetention } from './retention.ts';
import { limits, retentionSeconds } from './settings.ts';
import {
  awaited,
  blocks,
  connectionRows,
  conversationBlocks,
  conversationEnds,
  conversationRows,
  conversations,
  holds,
  live,
  membershipChanges,
  messages,
  recent,
} from './stores.ts';

const needed = together({
  ...pushing,
  conversations: merged(
    merged(merged(conversations, conversationRows), conversationEnds),
    conversationBlocks,
  ),
  changes: membershipChanges,
  waitingRows: membershipChanges,
  awaited,
  blocks,
  messages: ifMessagesStored(messages),
  retries: ifMessagesStored(retries),
  retention: listingRetention,
  retentionSeconds,
  recent,
  sockets: connectionRows,
  live,
  holds,
  crowd,
  limits,
});

/** What it takes to make members of those who come and are waited for. */
export const admission = (environment: Environment) => {
  const parts = needed(environment);
  const deps = {
    ...parts,
    announce: announceChange(parts),
    findEachOther: findEachOther({ ...parts, connections: parts.sockets }),
    groupMembers: parts.limits.groupMembers,
    // Nobody leaves by being admitted.
    titleSeconds: 0,
    randomId: () => `a-${randomBytes(12).toString('base64url')}`,
  };
  const admitToGroup = async (conversationId: string, waiting: WaitingMember) =>
    admitMember(deps, conversationId, waiting);
  return { ...parts, admitToGroup };
};
