import * as z from 'zod';
import { durationSeconds } from '../infra/configuration/duration.ts';
import { StartupError } from '../infra/local/process/startup-error.ts';
import type { Command } from './command.ts';
import { duration, plural, table } from './words.ts';

const status = z.object({
  retentionSeconds: z.number(),
  boundSeconds: z.number().nullable(),
  oldestExpiredItemAge: z.number(),
  withinBound: z.boolean().nullable(),
  runs: z.array(
    z.object({
      sweeper: z.number(),
      of: z.number(),
      startedAt: z.string(),
      conversations: z.number(),
      messagesDeleted: z.number(),
      failures: z.number(),
      complete: z.boolean(),
      oldestExpiredItemAge: z.number(),
    }),
  ),
});

export const purgeStatus: Command = {
  usage: 'purge status',
  purpose: 'the last runs of the sweepers, and the oldest expired thing still there',
  functionName: 'admin-purge-status',
  options: {},
  input: ({ ids }) => {
    if (ids.length > 0) throw new StartupError('purge status takes no id');
    return {};
  },
  text: (result) => {
    const {
      retentionSeconds,
      boundSeconds,
      oldestExpiredItemAge: age,
      withinBound,
      runs,
    } = status.parse(result);
    const bound = boundSeconds === null ? 'none: only time to live deletes' : duration(boundSeconds);
    const verdict = withinBound === null ? '' : withinBound ? ', within the bound' : ', BEYOND THE BOUND';
    const isAlone = runs.every(({ of }) => of === 1);
    const rows = runs.map((run) => [
      run.startedAt,
      ...(isAlone ? [] : [`sweeper ${run.sweeper} of ${run.of}`]),
      plural(run.conversations, 'conversation'),
      `${plural(run.messagesDeleted, 'message')} deleted`,
      plural(run.failures, 'failure'),
      `oldest expired ${duration(run.oldestExpiredItemAge)}`,
      run.complete ? '' : 'cut short',
    ]);
    return [
      `retention       ${duration(retentionSeconds)}`,
      `bound           ${bound}`,
      `oldest expired  ${age === 0 ? 'nothing' : duration(age)}${verdict}`,
      rows.length === 0 ? 'no run yet' : `last runs\n${table(rows)}`,
    ].join('\n');
  },
};

const preview = z.object({
  retentionSeconds: z.number(),
  proposedSeconds: z.number(),
  messages: z.number(),
  conversations: z.array(
    z.object({ conversationId: z.string(), messages: z.number(), oldestSentAt: z.string() }),
  ),
  oldestSentAt: z.string().nullable(),
  complete: z.boolean(),
});

export const retentionPreview: Command = {
  usage: 'retention preview --retention 1d',
  purpose: 'what a change to that retention would delete; changes nothing',
  functionName: 'admin-retention-preview',
  options: { retention: { type: 'string' } },
  input: ({ ids, options: { retention } }) => {
    if (ids.length > 0) throw new StartupError('retention preview takes no id');
    const parsed = durationSeconds.safeParse(retention);
    if (parsed.success) return { retentionSeconds: parsed.data };
    throw new StartupError(`--retention: ${parsed.error.issues[0]?.message}`);
  },
  text: (result) => {
    const { retentionSeconds, proposedSeconds, messages, conversations, oldestSentAt, complete } =
      preview.parse(result);
    const change = `from ${duration(retentionSeconds)} to ${duration(proposedSeconds)}`;
    if (messages === 0 && complete) return `${change}: nothing would be deleted`;
    const rows = conversations.map((row) => [
      row.conversationId,
      plural(row.messages, 'message'),
      `oldest ${row.oldestSentAt}`,
    ]);
    const least = complete ? '' : 'at least ';
    return [
      `${change}: ${least}${plural(messages, 'message')} in ${plural(conversations.length, 'conversation')} would be deleted, the oldest of ${oldestSentAt ?? '?'}`,
      table(rows),
    ].join('\n');
  },
};
