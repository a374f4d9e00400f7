import * as z from 'zod/mini';
import { cleanName, isVisible } from '../name-characters.ts';
import { action, conversationId, isWellFormed, position, token, userId } from '../values.ts';

/** Longest input that is looked at at all: what is taken away counts here. */
const longestTitle = 8_192;
/** As a nickname: one line of visible characters; what deceives or hides is taken away. */
const title = z.pipe(
  z.pipe(
    z.string().check(z.minLength(1), z.maxLength(longestTitle), z.refine(isWellFormed)),
    z.transform(cleanName),
  ),
  z.string().check(z.refine(isVisible, 'must have a visible character')),
);

export const openFrame = action('open', {
  kind: z.enum(['direct', 'group', 'room']),
  /** Of a room there need be none: nobody is a member of it but who has opened it. */
  members: z.array(userId),
  title: z.optional(title),
  retention: z.optional(z.int().check(z.positive())),
  /** A conversation that is shared with those who are named, where the operator asks for one. */
  via: z.optional(conversationId),
  /** What who joins later may read, and what who leaves may go on reading; of a group. */
  history: z.optional(z.enum(['start', 'joining'])),
  afterLeaving: z.optional(z.enum(['keep', 'nothing'])),
});

/** People whom one frame adds or takes away. */
const people = z.array(userId).check(z.minLength(1), z.maxLength(25));

export const membersFrame = action('members', {
  conversationId,
  add: z.optional(people),
  remove: z.optional(people),
  leave: z.optional(z.literal(true)),
  role: z.optional(z.strictObject({ userId, role: z.enum(['owner', 'admin', 'member']) })),
  close: z.optional(z.literal(true)),
  cursor: z.optional(token(256)),
}).check(
  z.refine((frame) => actsOf(frame) <= 1, 'one of add and remove, leave, role, close'),
  z.refine((frame) => actsOf(frame) === 0 || frame.cursor === undefined, 'a cursor, or something to do'),
  z.refine(({ add = [], remove = [] }) => !add.some((id) => remove.includes(id)), 'added or removed'),
);

type Acts = {
  readonly add?: unknown;
  readonly remove?: unknown;
  readonly leave?: unknown;
  readonly role?: unknown;
  readonly close?: unknown;
};

/** To add and to remove is one. */
function actsOf({ add, remove, leave, role, close }: Acts): number {
  return [add ?? remove, leave, role, close].filter((act) => act !== undefined).length;
}

/** `null` takes it away. */
export const titleFrame = action('title', { conversationId, title: z.nullable(title) });

export const conversationsFrame = action('conversations', { cursor: z.optional(token(2_048)) });

/** `until`: in milliseconds; 0: no longer. */
export const muteFrame = action('mute', { conversationId, until: position });

export const arrangeFrame = action('arrange', {
  conversationId,
  pinned: z.optional(z.boolean()),
  hidden: z.optional(z.boolean()),
}).check(
  z.refine((frame) => frame.pinned !== undefined || frame.hidden !== undefined, 'pinned or hidden or both'),
);

export type OpenFrame = z.infer<typeof openFrame>;
export type TitleFrame = z.infer<typeof titleFrame>;
export type MembersFrame = z.infer<typeof membersFrame>;
