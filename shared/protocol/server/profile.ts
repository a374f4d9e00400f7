import * as z from 'zod';
import { userId } from '../client-frames.ts';
import { visibilitySchema } from '../profile-rules.ts';
import { seconds } from './values.ts';

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
        nickname: visibilitySchema.exactOptional(),
        avatarUrl: visibilitySchema.exactOptional(),
        signature: visibilitySchema.exactOptional(),
      })
      .describe('on the own profile only')
      .exactOptional(),
    expiresAt: seconds.describe('on the own profile only: seconds since the epoch').exactOptional(),
  })
  .describe('the id alone: unknown, erased, expired, or nothing that this reader may see');

export const profileResult = z.strictObject({
  profiles: z.array(profile),
  next: z
    .array(userId)
    .describe('the ids that did not fit into the reply, to be asked for again')
    .exactOptional(),
  flagged: z.literal(true).exactOptional(),
});
