import * as z from 'zod';
import { StartupError } from '../infra/local/process/startup-error.ts';
import type { Command, Given } from './command.ts';
import { table } from './words.ts';

const reasons = z.record(z.string(), z.number());
const row = z.object({
  reportId: z.string(),
  openedAt: z.number(),
  expiresAt: z.number(),
  at: z.number(),
  reporters: z.number(),
  reasons,
  decision: z.string().optional(),
});
const list = z.object({
  state: z.enum(['open', 'decided']),
  reports: z.array(row),
  next: z.string().optional(),
});

/** As many as are counted; see docs/runbook.md. */
const mostReporters = 100;

export const reportList: Command = {
  usage: 'report list [--state open|decided] [--after CURSOR]',
  purpose: 'what people have reported: what waits for a decision, oldest first, or what was decided',
  functionName: 'admin-report-list',
  options: { state: { type: 'string' }, after: { type: 'string' } },
  input({ ids, options: { state = 'open', after } }) {
    if (ids.length > 0) throw new StartupError('report list takes no id');
    if (state !== 'open' && state !== 'decided') throw new StartupError('--state: allowed: open or decided');
    return { state, ...(after !== undefined && { after }) };
  },
  text(result) {
    const { state, reports, next } = list.parse(result);
    const more = next === undefined ? [] : [`more: report list --state ${state} --after ${next}`];
    if (reports.length === 0 && next === undefined) return state === 'open' ? 'nothing waits' : 'nothing yet';
    const rows = reports.map((report) => [
      report.reportId,
      iso(report.at),
      `${people(report.reporters)}: ${reasonsOf(report.reasons)}`,
      report.decision ?? `until ${iso(report.expiresAt * 1000)}`,
    ]);
    return [...(rows.length > 0 ? [table(rows)] : []), ...more].join('\n');
  },
};

const shown = z.union([
  z.object({
    state: z.literal('decided'),
    reportId: z.string(),
    decision: z.string(),
    decidedAt: z.number(),
    reporters: z.number(),
    reasons,
  }),
  z.object({
    state: z.literal('open'),
    reportId: z.string(),
    from: z.string(),
    message: z.object({ sentAt: z.number(), content: z.looseObject({ type: z.string() }) }),
    openedAt: z.number(),
    expiresAt: z.number(),
    count: z.number(),
    reasons,
    reporters: z.array(z.object({ userId: z.string(), reason: z.string(), reportedAt: z.number() })),
    isCopying: z.boolean(),
    media: z.array(z.object({ variant: z.string(), url: z.string(), expiresAt: z.number() })),
  }),
]);

export const reportShow: Command = {
  usage: 'report show ID',
  purpose:
    'one report: what the message says, addresses of its media for ten minutes, who reported it and why',
  functionName: 'admin-report-show',
  options: {},
  input: (given) => ({ reportId: oneReport(given, 'report show g-abc.12') }),
  text(result) {
    const report = shown.parse(result);
    if (report.state === 'decided') {
      const { reportId, decision, decidedAt } = report;
      return `${reportId}: ${decision}, decided at ${iso(decidedAt)}; ${people(report.reporters)}: ${reasonsOf(report.reasons)}`;
    }
    const { message, media } = report;
    return [
      `${report.reportId}: ${report.from} wrote at ${iso(message.sentAt)}`,
      // As JSON: nothing in it moves the cursor or hides a line.
      printable(message.content),
      `reported since ${iso(report.openedAt)} by ${people(report.count)}: ${reasonsOf(report.reasons)}`,
      ...report.reporters.map(
        ({ userId, reason, reportedAt }) => `  ${userId}  ${reason}  ${iso(reportedAt)}`,
      ),
      ...(report.isCopying ? ['its media is still being copied: ask again'] : []),
      ...media.map(({ variant, url, expiresAt }) => `${variant}, until ${iso(expiresAt * 1000)}\n  ${url}`),
      `to be decided by ${iso(report.expiresAt * 1000)}`,
    ].join('\n');
  },
};

const decided = z.object({ reportId: z.string(), decision: z.string(), isRepeat: z.boolean() });
const example = 'report decide g-abc.12 --decision remove';

export const reportDecide: Command = {
  usage: 'report decide ID --decision keep|remove',
  purpose: 'ends the report and its copy; `remove` takes the message away from everybody, who are told',
  functionName: 'admin-report-decide',
  options: { decision: { type: 'string' } },
  input(given) {
    const { decision } = given.options;
    if (decision !== 'keep' && decision !== 'remove')
      throw new StartupError(`--decision: allowed: keep or remove: ${example}`);
    return { reportId: oneReport(given, example), decision };
  },
  text(result) {
    const { reportId, decision, isRepeat } = decided.parse(result);
    const words = decision === 'remove' ? 'the message is being taken away' : 'the message stays';
    return isRepeat ? `${reportId}: decided before: ${decision}` : `${reportId}: ${decision}: ${words}`;
  },
};

function oneReport({ ids: [id, ...others] }: Given, how: string): string {
  if (id === undefined || others.length > 0) throw new StartupError(`name one report: ${how}`);
  return id;
}

const iso = (millis: number): string => new Date(millis).toISOString();

const people = (count: number): string =>
  count >= mostReporters ? `${mostReporters} people or more` : count === 1 ? '1 person' : `${count} people`;

const reasonsOf = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ');

/** Whatever turns directions, hides or moves is written as its number. */
const printable = (content: object): string =>
  JSON.stringify(content, null, 2).replaceAll(
    /[^\P{C}\n]/gu,
    (each) => `\\u{${each.codePointAt(0)?.toString(16)}}`,
  );
