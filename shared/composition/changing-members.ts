import { announceAgain, announceChange } from '../members/announce-change.ts';
import { findEachOther } from '../members/find-each-other.ts';
import type { Admitted } from '../reach/admit-named.ts';
import type { Caller, Naming } from '../reach/may-reach.ts';
import { type Composed, merged } from './compose.ts';
import { crowd } from './crowd.ts';
import { pushing, retries } from './gateways.ts';
import { ifMessagesStored } from './modes.ts';
import { listingRetention } from './retention.ts';
import { groups, limits, retentionSeconds, titleSeconds } from './settings.ts';
import {
  awaited,
  blocks,
  connectionRows,
  conversationEnds,
  conversationRows,
  conversations,
  holds,
  live,
  membershipChanges,
  messages,
  recent,
} from './stores.ts';

/** What it takes to change who is in a group, but for who may be named. */
export const memberParts = {
  ...pushing,
  conversations: merged(merged(conversations, conversationRows), conversationEnds),
  changes: membershipChanges,
  awaited,
  blocks,
  messages: ifMessagesStored(messages),
  retries: ifMessagesStored(retries),
  retention: listingRetention,
  retentionSeconds,
  recent,
  titleSeconds,
  sockets: connectionRows,
  live,
  holds,
  crowd,
  groups,
  limits,
};

export function changingMembers(
  parts: Composed<typeof memberParts> & { readonly admit: (naming: Naming) => Promise<Admitted> },
) {
  return {
    announce: announceChange(parts),
    announceAgain: announceAgain(parts),
    findEachOther: findEachOther({ ...parts, connections: parts.sockets }),
    /** Who blocks the caller looks as if they had not agreed yet. */
    unreadyAmong: async (caller: Caller, named: readonly string[]) => {
      const [{ waiting }, unwilling] = await Promise.all([
        parts.admit({ caller, named }),
        parts.blocks.blockersNow(caller.userId, named),
      ]);
      return new Set([...waiting, ...unwilling]);
    },
    invite: parts.groups.invite,
    groupMembers: parts.limits.groupMembers,
  };
}
