import { compose } from '../../shared/composition/compose.ts';
import { ifMessagesStored } from '../../shared/composition/modes.ts';
import { groupTitles } from '../../shared/composition/profiles.ts';
import { rates } from '../../shared/composition/rates.ts';
import { limits, now, policy, roomsJoin } from '../../shared/composition/settings.ts';
import {
  connectionRows,
  consent,
  conversationRows,
  holds,
  live,
  messages,
  rooms,
  watches,
} from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { watchFrame } from '../../shared/protocol/rooms/frames.ts';
import { watchRoom } from '../../shared/rooms/watch-room.ts';

const deps = compose({
  policy,
  rates,
  consent,
  conversations: conversationRows,
  rooms,
  messages: ifMessagesStored(messages),
  connections: connectionRows,
  live,
  watches,
  titles: groupTitles,
  holds,
  join: roomsJoin,
  limits,
  now,
});

export const handler = frameHandler(
  { schema: watchFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async (frame, { identity: { userId, rooms: claimed }, connectionId }) =>
    watchRoom(
      { ...deps, random: Math.random },
      { userId, connectionId, ...(claimed !== undefined && { rooms: claimed }) },
      frame.conversationId,
    ),
);
