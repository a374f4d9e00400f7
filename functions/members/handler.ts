import { compose, merged } from '../../shared/composition/compose.ts';
import { crowd } from '../../shared/composition/crowd.ts';
import { pushing, retries } from '../../shared/composition/gateways.ts';
import { ifMessagesStored } from '../../shared/composition/modes.ts';
import { rates } from '../../shared/composition/rates.ts';
import { admit } from '../../shared/composition/reach.ts';
import { listingRetention } from '../../shared/composition/retention.ts';
import { groups, limits, policy, retentionSeconds, titleSeconds } from '../../shared/composition/settings.ts';
import {
  awaited,
  blocks,
  connectionRows,
  consent,
  conversationEnds,
  conversationRows,
  conversations,
  holds,
  live,
  membershipChanges,
  messages,
  recent,
} from '../../shared/composition/stores.ts';
import { listMembers } from '../../shared/conversations/list-members.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { announceAgain, announceChange } from '../../shared/members/announce-change.ts';
import { changeMembers } from '../../shared/members/change-members.ts';
import { findEachOther } from '../../shared/members/find-each-other.ts';
import { membersFrame } from '../../shared/protocol/conversations/frames.ts';
import type { Caller } from '../../shared/reach/may-reach.ts';

const parts = compose({
  ...pushing,
  conversations: merged(merged(conversations, conversationRows), conversationEnds),
  changes: membershipChanges,
  awaited,
  blocks,
  admit,
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
  policy,
  rates,
  consent,
});
const deps = {
  ...parts,
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

export const handler = frameHandler(
  {
    schema: membersFrame,
    policy: deps.policy,
    rates: deps.rates,
    consent: deps.consent,
    readsMeanwhile: true,
  },
  async (frame, { identity, connectionId, consented }) => {
    const { userId } = identity;
    const { add, remove, leave, role, close } = frame;
    if ([add, remove, leave, role, close].every((act) => act === undefined))
      return listMembers({ ...deps, consented }, userId, frame);
    await consented;
    return changeMembers(deps, { ...identity, connectionId }, frame);
  },
);
