import { compose, merged, together } from '../../shared/composition/compose.ts';
import { ifMessagesStored } from '../../shared/composition/modes.ts';
import { rates } from '../../shared/composition/rates.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { limits, now, policy } from '../../shared/composition/settings.ts';
import {
  changes,
  consent,
  conversationEnds,
  exactMessages,
  lastRevs,
  messages,
  ownReactions,
  pins,
  readableRows,
} from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { readChanges } from '../../shared/messages/read-changes.ts';
import { readHistory } from '../../shared/messages/read-history.ts';
import { readPins } from '../../shared/pins/read-pins.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { historyFrame } from '../../shared/protocol/messages/frames.ts';
import { markOwn } from '../../shared/reactions/mark-own.ts';

const deps = compose({
  policy,
  rates,
  consent,
  stored: ifMessagesStored(
    together({
      ...{ messages, exactMessages, changes, lastRevs, pins },
      own: ownReactions,
      conversations: merged(readableRows, conversationEnds),
      limits,
      retention: messageRetention,
      now,
    }),
  ),
});

export const handler = frameHandler(
  {
    schema: historyFrame,
    policy: deps.policy,
    rates: deps.rates,
    consent: deps.consent,
    readsMeanwhile: true,
  },
  async (frame, { identity, consented }) => {
    if (deps.stored === undefined) throw new ProtocolError('NOT_STORED');
    const { own, ...stored } = deps.stored;
    const reading = { ...stored, consented, markOwn: markOwn(own) };
    const { conversationId, changedAfter, pinned, before } = frame;
    if (pinned === true) {
      const {
        exactMessages: exact,
        limits: { historyPage },
      } = stored;
      const limit = Math.min(frame.limit ?? historyPage, historyPage);
      return readPins({ ...reading, messages: exact }, identity.userId, { conversationId, before, limit });
    }
    if (changedAfter !== undefined)
      return readChanges(reading, identity.userId, { conversationId, changedAfter });
    return readHistory(reading, identity.userId, frame);
  },
);
