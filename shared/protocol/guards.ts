import { activityGuards } from './activity/guards.ts';
import { consentGuards } from './consent/guards.ts';
import { conversationGuards } from './conversations/guards.ts';
import { erasureGuards } from './erasure/guards.ts';
import { exportGuards } from './export/guards.ts';
import type { FrameGuards } from './guard.ts';
import { mediaGuards } from './media/guards.ts';
import { messageGuards } from './messages/guards.ts';
import { notificationGuards } from './notifications/guards.ts';
import { pinGuards } from './pins/guards.ts';
import { presenceGuards } from './presence/guards.ts';
import { profileGuards } from './profile/guards.ts';
import { reactionGuards } from './reactions/guards.ts';
import { roomGuards } from './rooms/guards.ts';
import { safetyGuards } from './safety/guards.ts';
import { sessionGuards } from './session/guards.ts';
import { settingsGuards } from './settings/guards.ts';

const acks = {
  ...sessionGuards.acks,
  ...consentGuards.acks,
  ...profileGuards.acks,
  ...conversationGuards.acks,
  ...messageGuards.acks,
  ...reactionGuards.acks,
  ...pinGuards.acks,
  ...roomGuards.acks,
  ...activityGuards.acks,
  ...settingsGuards.acks,
  ...presenceGuards.acks,
  ...mediaGuards.acks,
  ...erasureGuards.acks,
  ...exportGuards.acks,
  ...safetyGuards.acks,
  ...notificationGuards.acks,
};

const pushes = {
  ...conversationGuards.pushes,
  ...messageGuards.pushes,
  ...reactionGuards.pushes,
  ...pinGuards.pushes,
  ...roomGuards.pushes,
  ...activityGuards.pushes,
  ...settingsGuards.pushes,
  ...presenceGuards.pushes,
  ...erasureGuards.pushes,
  ...exportGuards.pushes,
  ...safetyGuards.pushes,
  ...sessionGuards.pushes,
};

/** Of everything that a server says. */
export const guards = { acks, pushes } satisfies FrameGuards;
