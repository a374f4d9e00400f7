import * as z from 'zod';
import { activity } from './activity/table.ts';
import { consent } from './consent/table.ts';
import { conversations } from './conversations/table.ts';
import { erasure } from './erasure/table.ts';
import { type ErrorCode, errors } from './errors.ts';
import { exporting } from './export/table.ts';
import type { ActionRow } from './feature.ts';
import { media } from './media/table.ts';
import { messages } from './messages/table.ts';
import { notifications } from './notifications/table.ts';
import { pins } from './pins/table.ts';
import { presences } from './presence/table.ts';
import { profiles } from './profile/table.ts';
import { reactions } from './reactions/table.ts';
import type { Sent } from './reply-values.ts';
import { rooms } from './rooms/table.ts';
import { safety } from './safety/table.ts';
import { session } from './session/table.ts';
import { settings } from './settings/table.ts';
import { frameId } from './values.ts';

/** Everything that a client may ask, by its `action`. */
export const actions = {
  ...session.actions,
  ...consent.actions,
  ...profiles.actions,
  ...conversations.actions,
  ...messages.actions,
  ...reactions.actions,
  ...pins.actions,
  ...rooms.actions,
  ...activity.actions,
  ...settings.actions,
  ...presences.actions,
  ...media.actions,
  ...erasure.actions,
  ...exporting.actions,
  ...safety.actions,
  ...notifications.actions,
};

/** Everything that the server says without being asked, by its `type`. */
export const pushes = {
  ...conversations.pushes,
  ...messages.pushes,
  ...reactions.pushes,
  ...pins.pushes,
  ...rooms.pushes,
  ...activity.pushes,
  ...settings.pushes,
  ...presences.pushes,
  ...erasure.pushes,
  ...exporting.pushes,
  ...safety.pushes,
  ...session.pushes,
};

export type Action = keyof typeof actions;
export type Frame<Name extends Action> = z.infer<(typeof actions)[Name]['frame']>;
export type ClientFrame = { [Name in Action]: Frame<Name> }[Action];
export type Result<Name extends Action> = Sent<(typeof actions)[Name]['result']>;

type Pushes = { [Type in keyof typeof pushes]: Sent<(typeof pushes)[Type]['frame']> };
export type Push<Type extends keyof Pushes = keyof Pushes> = Pushes[Type];

/** The reply to an action if all is well. */
export function ackOf({ result }: ActionRow): z.ZodType {
  const one = ({ shape }: z.ZodObject) => z.strictObject({ type: z.literal('ack'), id: frameId, ...shape });
  const ack = result instanceof z.ZodObject ? one(result) : z.union(result.options.map(one));
  return result.description === undefined ? ack : ack.describe(result.description);
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errors, code);

/** The reply to any action if something is not. */
export const errorFrame = z.strictObject({
  type: z.literal('error'),
  id: z.nullable(frameId).describe('null where the frame had no valid one'),
  error: z.strictObject({
    code: z.enum(Object.keys(errors).filter(isErrorCode)),
    message: z.string().describe('fixed text'),
    retryable: z.boolean().describe('whether the same frame may succeed later'),
    retryAfterMs: z.number().int().positive().exactOptional().describe('after which it can'),
  }),
});

export type ErrorFrame = Sent<typeof errorFrame>;
