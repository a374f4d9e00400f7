import * as z from 'zod';
import type { Feature } from '../feature.ts';
import { type Sent, seconds } from '../reply-values.ts';
import { userId } from '../values.ts';
import { profileFrame } from './frames.ts';
import { visibilitySchema } from './profile-rules.ts';

export const profileFields = z.strictObject({
  nickname: z.string().exactOptional(),
  avatarUrl: z.string().exactOptional(),
  signature: z.string().exactOptional(),
});

export const profile = profileFields
  .extend({
    userId,
    visibility: z
      .strictObject({
        nickname: z.exactOptional(visibilitySchema),
        avatarUrl: z.exactOptional(visibilitySchema),
        signature: z.exactOptional(visibilitySchema),
      })
      .describe('on your own profile only')
      .exactOptional(),
    expiresAt: seconds.describe('on your own profile only: seconds since the epoch').exactOptional(),
  })
  .describe('the id alone: unknown, erased, expired, or nothing that this reader may see');

const profileResult = z.strictObject({
  profiles: z.array(profile),
  next: z
    .array(userId)
    .describe('the ids that did not fit into the reply, to be asked for again')
    .exactOptional(),
  flagged: z.literal(true).exactOptional(),
});

/** What people show of themselves. */
export const profiles = {
  actions: {
    profile: {
      summary: '`set` changes your own profile, `get` reads those of others: one of them',
      frame: profileFrame,
      result: profileResult,
    },
  },
  pushes: {},
} satisfies Feature;

export type ProfileFields = Sent<typeof profileFields>;
export type Profile = Sent<typeof profile>;
export type Visibility = NonNullable<NonNullable<Profile['visibility']>[keyof ProfileFields]>;
export type ProfileResult = Sent<typeof profileResult>;
export type SenderProfile = Pick<ProfileFields, 'nickname' | 'avatarUrl'>;
