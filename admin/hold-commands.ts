import * as z from 'zod';
import { StartupError } from '../infra/local/process/startup-error.ts';
import type { Command, CommandOptions } from './command.ts';
import { plural } from './words.ts';

const report = z.object({
  target: z.union([
    z.object({ kind: z.literal('user'), userId: z.string() }),
    z.object({ kind: z.literal('conversation'), conversationId: z.string() }),
  ]),
  state: z.enum(['placing', 'held', 'releasing', 'none']),
  heldNotBefore: z.string().optional(),
  since: z.string().nullable(),
  keeps: z.array(z.enum(['messages', 'profile'])),
  moved: z.number(),
  grounds: z.object({ reason: z.string(), authority: z.string(), endsAt: z.string().optional() }).optional(),
  remaining: z.enum(['walk', 'second look', 'nothing']),
});
type Report = z.infer<typeof report>;

const states = {
  placing: 'being placed: what was being deleted before may still go, until the answer is held',
  held: 'held: neither purged nor erased',
  releasing: 'released: what has expired is purged, and erasures that waited go on',
  none: 'not held',
} as const;

const stillToDo = {
  walk: 'the walk through what is stored, and a second look six minutes later',
  'second look': 'a second look, for what was under way during the walk',
  nothing: 'nothing',
} as const;

function text(result: unknown): string {
  const { target, state, heldNotBefore, since, keeps, moved, grounds, remaining } = report.parse(result);
  const name = target.kind === 'user' ? `user ${target.userId}` : `conversation ${target.conversationId}`;
  if (since === null) return `${name}: ${states.none}`;
  const change = state === 'releasing' ? 'put back on' : 'taken off';
  return [
    `${name}: ${states[state]}`,
    `  since         ${since}`,
    ...(heldNotBefore === undefined ? [] : [`  held          not before ${heldNotBefore}; ask again then`]),
    ...(grounds === undefined ? [] : groundsLines(grounds)),
    `  covers        ${keeps.length === 0 ? 'nothing: messages are not stored' : keeps.join(' and ')}`,
    `  time to live  ${change} ${plural(moved, 'item')} so far`,
    `  still to do   ${stillToDo[remaining]}`,
  ].join('\n');
}

function groundsLines({ reason, authority, endsAt }: NonNullable<Report['grounds']>): readonly string[] {
  const end = endsAt === undefined ? 'when it is lifted' : `${endsAt}, by itself`;
  return [`  reason        ${reason}`, `  authority     ${authority}`, `  ends          ${end}`];
}

/** Of a day its end: a hold is never shorter than its order says. */
function endOf(until: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(until)) return until;
  const start = Date.parse(`${until}T00:00:00Z`);
  if (Number.isNaN(start)) throw new StartupError('--until: a day such as 2027-01-31');
  return new Date(start + 86_400_000).toISOString();
}

type Kind = Report['target']['kind'];

const holdOptions = (kind: Kind): CommandOptions => ({
  reason: { type: 'string' },
  authority: { type: 'string' },
  until: { type: 'string' },
  ...(kind === 'user' && { 'allow-unknown': { type: 'boolean' } }),
});

function command(kind: Kind, verb: 'hold' | 'release', purpose: string): Command {
  return {
    usage:
      verb === 'hold'
        ? `${kind} hold ID --reason WHY --authority WHO [--until 2027-01-31]`
        : `${kind} release ID`,
    purpose,
    functionName: `admin-${verb}`,
    options: verb === 'hold' ? holdOptions(kind) : {},
    input: ({ ids: [id, ...others], options }) => {
      if (id === undefined || others.length > 0)
        throw new StartupError(`name one ${kind}: ${kind} ${verb} ${kind === 'user' ? 'alice' : 'd-…'}`);
      const target = kind === 'user' ? { kind, userId: id } : { kind, conversationId: id };
      const { reason, authority, until, 'allow-unknown': allowUnknown } = options;
      const endsAt = typeof until === 'string' ? endOf(until) : undefined;
      return { ...target, reason, authority, endsAt, allowUnknown };
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
