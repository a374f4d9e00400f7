import * as z from 'zod';
import { StartupError } from '../infra/local/process/startup-error.ts';
import type { Command } from './command.ts';
import { plural } from './words.ts';

const report = z.object({
  target: z.union([
    z.object({ kind: z.literal('user'), userId: z.string() }),
    z.object({ kind: z.literal('conversation'), conversationId: z.string() }),
  ]),
  state: z.enum(['held', 'releasing', 'none']),
  since: z.string().nullable(),
  keeps: z.array(z.enum(['messages', 'profile'])),
  moved: z.number(),
  remaining: z.enum(['walk', 'second look', 'nothing']),
});
type Report = z.infer<typeof report>;

const states = {
  held: 'held: neither purged nor erased',
  releasing: 'released: what has expired is purged, and erasures that waited go on',
  none: 'not held',
} as const;

const stillToDo = {
  walk: 'the walk through what is stored, and a second look some minutes later',
  'second look': 'a second look, for what was under way during the walk',
  nothing: 'nothing',
} as const;

function text(result: unknown): string {
  const { target, state, since, keeps, moved, remaining } = report.parse(result);
  const name = target.kind === 'user' ? `user ${target.userId}` : `conversation ${target.conversationId}`;
  if (since === null) return `${name}: ${states.none}`;
  const change = state === 'held' ? 'taken off' : 'put back on';
  return [
    `${name}: ${states[state]}`,
    `  since         ${since}`,
    `  covers        ${keeps.length === 0 ? 'nothing: messages are not stored' : keeps.join(' and ')}`,
    `  time to live  ${change} ${plural(moved, 'item')} so far`,
    `  still to do   ${stillToDo[remaining]}`,
  ].join('\n');
}

type Kind = Report['target']['kind'];

function command(kind: Kind, verb: 'hold' | 'release', purpose: string): Command {
  return {
    usage: `${kind} ${verb} ID`,
    purpose,
    functionName: `admin-${verb}`,
    options: {},
    input: ({ ids: [id, ...others] }) => {
      if (id === undefined || others.length > 0)
        throw new StartupError(`name one ${kind}: ${kind} ${verb} ${kind === 'user' ? 'alice' : 'd-…'}`);
      return kind === 'user' ? { kind, userId: id } : { kind, conversationId: id };
    },
    text,
  };
}

export const userHold = command(
  'user',
  'hold',
  'keeps what the user wrote, and the profile; again: how far it is',
);
export const userRelease = command('user', 'release', 'lifts that hold');
export const conversationHold = command('conversation', 'hold', 'keeps all that is in a conversation');
export const conversationRelease = command('conversation', 'release', 'lifts that hold');
