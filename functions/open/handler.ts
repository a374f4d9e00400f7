import { compose, merged } from '../../shared/composition/compose.ts';
import { pushing } from '../../shared/composition/gateways.ts';
import { guard } from '../../shared/composition/guard.ts';
import { groupTitles } from '../../shared/composition/profiles.ts';
import { rates } from '../../shared/composition/rates.ts';
import { admit } from '../../shared/composition/reach.ts';
import {
  groups,
  limits,
  messagesStored,
  policy,
  profilesStored,
  retentionSeconds,
  roomsOpened,
} from '../../shared/composition/settings.ts';
import {
  awaited,
  blocks,
  connectionRows,
  consent,
  conversationBlocks,
  conversationEnds,
  conversationRows,
  conversations,
  holds,
  idSecret,
  live,
  recent,
  waitingRows,
} from '../../shared/composition/stores.ts';
import { openConversation } from '../../shared/conversations/open-conversation.ts';
import { tellOpened } from '../../shared/conversations/tell-opened.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { type OpenFrame, openFrame } from '../../shared/protocol/conversations/frames.ts';
import { openRoom } from '../../shared/rooms/open-room.ts';
import { groupId, markOf } from '../../shared/stores/conversations/group-id.ts';
import { roomId } from '../../shared/stores/conversations/room-id.ts';

const parts = compose({
  ...pushing,
  conversations: merged(
    merged(merged(conversations, conversationRows), conversationEnds),
    conversationBlocks,
  ),
  waitingRows,
  awaited,
  blocks,
  admit,
  sockets: connectionRows,
  live,
  titles: groupTitles,
  profilesStored,
  consent,
  guard,
  holds,
  idSecret,
  groups,
  limits,
  recent,
  messagesStored,
  rooms: roomsOpened,
  retentionSeconds,
  policy,
  rates,
});
const { history, afterLeaving } = parts.groups;
const deps = {
  ...parts,
  connections: parts.sockets,
  groups: { history, afterLeaving },
  roomIdOf: async (userId: string, frame: OpenFrame) => roomId(markOf(await parts.idSecret(), userId, frame)),
  groupIdOf: async (userId: string, frame: OpenFrame) => groupId(await parts.idSecret(), userId, frame),
};
const tell = tellOpened(parts);

export const handler = frameHandler(
  { schema: openFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async (frame, { identity, connectionId }) => {
    const flagged = deps.guard.check(frame.title === undefined ? [] : [frame.title]);
    const opened =
      frame.kind === 'room'
        ? await openRoom(deps, identity.userId, frame, await deps.roomIdOf(identity.userId, frame))
        : await openConversation(deps, identity, frame);
    if (frame.kind === 'group')
      await tell(opened, connectionId, deps.profilesStored ? undefined : frame.title);
    return { ...opened, ...(flagged && { flagged: true as const }) };
  },
);
