import { activityGuards } from '../shared/protocol/activity/guards.ts';
import { consentGuards } from '../shared/protocol/consent/guards.ts';
import { conversationGuards } from '../shared/protocol/conversations/guards.ts';
import { erasureGuards } from '../shared/protocol/erasure/guards.ts';
import type { FrameGuards } from '../shared/protocol/guard.ts';
import { mediaGuards } from '../shared/protocol/media/guards.ts';
import { messageGuards } from '../shared/protocol/messages/guards.ts';
import { roomGuards } from '../shared/protocol/rooms/guards.ts';
import { safetyGuards } from '../shared/protocol/safety/guards.ts';
import { sessionGuards } from '../shared/protocol/session/guards.ts';

/** Of what a client for text and media is told. */
export const basicGuards: FrameGuards = {
  acks: {
    ...sessionGuards.acks,
    ...consentGuards.acks,
    ...conversationGuards.acks,
    ...messageGuards.acks,
    ...mediaGuards.acks,
    ...erasureGuards.acks,
  },
  pushes: {
    ...conversationGuards.pushes,
    ...messageGuards.pushes,
    ...roomGuards.pushes,
    ...activityGuards.pushes,
    ...erasureGuards.pushes,
    ...safetyGuards.pushes,
    ...sessionGuards.pushes,
  },
};
