import type { Limits } from '../configuration/limits.ts';
import {
  type AuthorizeReaderDeps,
  authorizeReader,
  isReadableBy,
} from '../conversations/authorize-reader.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { isMediaContent } from '../protocol/messages/media-content.ts';
import type { NoResult } from '../protocol/reply-values.ts';
import type { ReportFrame } from '../protocol/safety/frames.ts';
import { reportReasons } from '../protocol/safety/report-reasons.ts';
import { expiryOf, isReadable } from '../stores/expiry/expiry.ts';
import { type AskRetention, retentionSecondsAt } from '../stores/expiry/retention.ts';
import type { Message } from '../stores/messages/message.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { ReportedStore } from '../stores/personal/reported-store.ts';
import {
  mostReporters,
  type ReasonCounts,
  type Report,
  type Reporter,
  reportIdOf,
} from '../stores/reports/report.ts';
import type { ReportStore } from '../stores/reports/report-store.ts';
import { type CopyMediaDeps, copyAgain, copyMedia } from './copy-media.ts';

export type ReportMessageDeps = AuthorizeReaderDeps &
  CopyMediaDeps & {
    readonly messages: Pick<MessageStore, 'get'>;
    readonly reports: Pick<ReportStore, 'look' | 'begin' | 'join'>;
    readonly reported: Pick<ReportedStore, 'list'>;
    readonly limits: Pick<Limits, 'openReports'>;
    /** Of messages. */
    readonly retention: AskRetention;
    readonly reportRetention: AskRetention;
    /** 144 bits that nobody can guess. */
    readonly randomId: () => string;
  };

/** Each lost race means that somebody else has reported the same message. */
const attempts = 5;

/**
 * Keeps a copy of the message, with its media, for a moderator. Acked is what is kept: the copies are there by then. The
 * answer is the same whoever else has reported it, and whatever was decided.
 */
export async function reportMessage(
  deps: ReportMessageDeps,
  userId: string,
  frame: Pick<ReportFrame, 'conversationId' | 'seq' | 'reason'>,
): Promise<NoResult> {
  const message = await readableMessage(deps, userId, frame);
  if (message.from === userId || message.content.type === 'event') throw new ProtocolError('FORBIDDEN');
  const reportId = reportIdOf(message.conversationId, message.seq);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const reporter: Reporter = { userId, reason: frame.reason, reportedAt: deps.now() };
    const { report, decision, isReporter } = await deps.reports.look(reportId, userId, reporter.reportedAt);
    // Messages do not change: what was decided of one stays decided.
    if (decision !== undefined) return {};
    if (report === undefined) {
      if (await begin(deps, message, reporter)) return {};
      continue;
    }
    if (!isOpen(report, await deps.reportRetention())) throw new ProtocolError('CONFLICT');
    if (!isReporter && report.reporters < mostReporters) {
      await checkOpenReports(deps, userId);
      if (!(await deps.reports.join(report, reporter))) continue;
    }
    // Whoever began may be dead, and this is what is acked.
    await copyAgain(deps, report);
    return {};
  }
  throw new ProtocolError('CONFLICT');
}

/** Whether a moderator may still see it. */
export function isOpen(
  { state, openedAt: sentAt, expiresAt }: Pick<Report, 'state' | 'openedAt' | 'expiresAt'>,
  retention: Awaited<ReturnType<AskRetention>>,
): boolean {
  return state !== 'ending' && isReadable({ sentAt, expiresAt }, retention);
}

async function readableMessage(
  deps: ReportMessageDeps,
  userId: string,
  { conversationId, seq }: Pick<ReportFrame, 'conversationId' | 'seq'>,
): Promise<Message> {
  const { ranges } = await authorizeReader(deps, conversationId, userId);
  const message = isReadableBy(ranges, seq)
    ? await deps.messages.get(conversationId, seq, deps.retention, { userId })
    : undefined;
  if (message === undefined) throw new ProtocolError('NOT_FOUND');
  return message;
}

/** False where somebody else has begun meanwhile. */
async function begin(deps: ReportMessageDeps, message: Message, reporter: Reporter): Promise<boolean> {
  await checkOpenReports(deps, reporter.userId);
  const report = await newReport(deps, message, reporter);
  if (!(await deps.reports.begin(report, reporter))) return false;
  await copyMedia(deps, report);
  return true;
}

async function newReport(
  { reportRetention, randomId }: ReportMessageDeps,
  { conversationId, seq, from, id, sentAt, content, replyTo, mentions, mentionsAll }: Message,
  { reason, reportedAt: openedAt }: Reporter,
): Promise<Report> {
  const reasons = Object.fromEntries(reportReasons.map((each) => [each, each === reason ? 1 : 0]));
  return {
    ...{ reportId: reportIdOf(conversationId, seq), conversationId, seq, from },
    message: {
      ...{ id, sentAt, content },
      ...(replyTo !== undefined && { replyTo }),
      ...(mentions !== undefined && { mentions }),
      ...(mentionsAll !== undefined && { mentionsAll }),
    },
    copyId: randomId(),
    ...(isMediaContent(content)
      ? { state: 'copying', copyingSince: openedAt }
      : { state: 'open', media: [] }),
    openedAt,
    expiresAt: expiryOf(openedAt, retentionSecondsAt(await reportRetention(), openedAt)),
    reporters: 1,
    reasons: reasons as ReasonCounts,
  };
}

/** Those whose time is over do not count, whenever time to live takes them. */
async function checkOpenReports({ reported, limits, now }: ReportMessageDeps, userId: string): Promise<void> {
  const { reported: rows } = await reported.list(userId, limits.openReports);
  const open = rows.filter(({ expiresAt }) => expiresAt * 1000 > now());
  if (open.length >= limits.openReports) throw new ProtocolError('TOO_LARGE');
}
