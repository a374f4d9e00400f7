import { erasePersonal } from '../../shared/erasure/erase-personal.ts';
import { eraseReports } from '../../shared/erasure/erase-reports.ts';
import { decideReport } from '../../shared/reports/decide-report.ts';
import { listReports } from '../../shared/reports/list-reports.ts';
import { reportMessage } from '../../shared/reports/report-message.ts';
import { showReport } from '../../shared/reports/show-report.ts';
import { sweepReports } from '../../shared/reports/sweep-reports.ts';
import type { Member } from '../../shared/stores/conversations/conversation.ts';
import type { Database } from '../../shared/stores/dynamodb/database.ts';
import { unchangedRetention } from '../../shared/stores/expiry/retention.ts';
import { objectKey } from '../../shared/stores/media/media-objects.ts';
import type { MediaKey } from '../../shared/stores/media/media-record.ts';
import type { Message } from '../../shared/stores/messages/message.ts';
import { personalRowStore } from '../../shared/stores/personal/personal-row-store.ts';
import { reportedStore } from '../../shared/stores/personal/reported-store.ts';
import { type ReportDecision, reportIdOf } from '../../shared/stores/reports/report.ts';
import { reportEndStore } from '../../shared/stores/reports/report-end-store.ts';
import { reportListStore } from '../../shared/stores/reports/report-list-store.ts';
import { reportObjectStore } from '../../shared/stores/reports/report-object-store.ts';
import { reportStore } from '../../shared/stores/reports/report-store.ts';
import { reporterStore } from '../../shared/stores/reports/reporter-store.ts';
import { type EpochMillis, type EpochSeconds, epochMillis } from '../../shared/time.ts';
import { objectStore } from '../promises/aws/object-store.ts';
import { memoryDynamoDb } from '../promises/dynamodb/engine.ts';
import { direct, type Step } from './step.ts';
import { tableModels } from './store-tables.ts';

export const conversationId = 'g-1';
export const author = 'ann';
export const keepSeconds = 86_400;
/** Number 1 is a text, 2 a picture with a thumbnail. */
export const seqs = [1, 2] as const;
export const wordsOf = (seq: number) => `words-of-${seq}`;

const tables = { reports: 'reports', personal: 'personal' };
const buckets = { media: 'media', reports: 'reports' };

/** Two messages of ann's, in the real stores of reports on tables and buckets in memory; the world says when an effect comes about. */
export function reportWorld(now: () => number, openReports = 100) {
  const clock = () => epochMillis(now());
  const engine = memoryDynamoDb(tableModels('reports', 'personal'), { now: clock });
  const s3 = objectStore({ now, random: Math.random, onRemove: () => undefined });
  const messages = new Map<number, Message>(seqs.map((seq) => [seq, messageOf(seq)]));
  const held = new Set<string>();
  const erasedByOperator: number[] = [];
  let ids = 0;
  for (const variant of ['original', 'thumbnail'] as const)
    s3.put(buckets.media, objectKey({ conversationId, mediaId: 'm2' }, variant), Buffer.from(wordsOf(2)));

  const steady = async () => ({ ...unchangedRetention(keepSeconds), now: clock() });
  const forMessages = async () => ({ ...unchangedRetention(1e9), now: clock() });

  /** The message and its media are gone, by whomever. */
  function erase(seq: number): void {
    messages.delete(seq);
    for (const { bucket, key } of [...s3.all()])
      if (bucket === buckets.media && key.includes(`/m${seq}/`)) s3.remove(bucket, key);
  }

  function parts(step: Step) {
    const db = {
      send: async (command: Parameters<typeof engine.execute>[0]) => step(() => engine.execute(command)),
    } as unknown as Database;
    const client = {
      send: async (command: Parameters<typeof s3.execute>[0]) => step(() => s3.execute(command)),
    } as unknown as Parameters<typeof reportObjectStore>[0];
    const objects = { ...reportObjectStore(client, buckets), url: async () => 'https://address' };
    return {
      conversations: {
        readMember: async (_id: string, userId: string) =>
          step(() => (userId === 'mal' ? undefined : ({ userId, readSeq: 0 } as Member))),
        readFormer: async () => undefined,
      },
      messages: {
        get: async (_id: string, seq: number) => step(() => messages.get(seq)),
        headers: async (_id: string, { after = 0 }: { readonly after?: number }) =>
          step(() => {
            const message = messages.get(after + 1);
            return { headers: message === undefined ? [] : [{ ...message, held: false }], more: false };
          }),
      },
      reports: { ...reportStore(db, tables), ...reportEndStore(db, tables) },
      reported: reportedStore(db, tables.personal),
      reporters: reporterStore(db, tables.reports),
      personal: personalRowStore(db, tables.personal),
      list: reportListStore(db, tables.reports),
      objects,
      holds: {
        among: async ({ users = [] }: { readonly users?: readonly string[] }) =>
          step(() => ({
            users: new Set(users.filter((each) => held.has(each))),
            conversations: new Set<string>(),
          })),
      },
      eraseMessage: async (_userId: string, target: object) =>
        step(() => {
          const { seq } = target as { readonly seq: number };
          erasedByOperator.push(seq);
          erase(seq);
        }),
      locate: async (key: MediaKey) => ({ key }),
      limits: { openReports },
      retention: forMessages,
      reportRetention: steady,
      randomId: () => {
        ids += 1;
        return `copy-${ids}`;
      },
      isOver: () => false,
      onFailure: (error: unknown) => {
        throw error;
      },
      returnedAt: async () => undefined,
      now: clock,
    };
  }

  return {
    held,
    erase,
    erasedByOperator,
    isThere: (seq: number) => messages.has(seq),
    report: async (step: Step, userId: string, seq: number, reason: 'spam' | 'abuse' = 'spam') =>
      reportMessage(parts(step), userId, { conversationId, seq, reason }),
    decide: async (step: Step, seq: number, decision: ReportDecision) =>
      decideReport(parts(step), reportIdOf(conversationId, seq), decision),
    show: async (seq: number) => showReport(parts(direct), reportIdOf(conversationId, seq)),
    list: async (state: 'open' | 'decided') => listReports(parts(direct), state),
    sweep: async (step: Step) => sweepReports(parts(step)),
    /** What an account's erasure does about reports, and then about what led it there. */
    async forget(step: Step, userId: string) {
      const made = parts(step);
      const request = { userId, target: { scope: 'account' }, writtenBy: clock() } as const;
      const none = async () => ({ users: new Set<string>(), conversations: new Set<string>() });
      let after: string | undefined;
      let deleted = 0;
      do {
        const batch = await eraseReports(made)(request, none, after);
        deleted += batch.deleted;
        after = batch.after;
      } while (after !== undefined);
      after = undefined;
      do
        after = (
          await erasePersonal({ ...made, takeOff: undefined, endPushDevices: async () => 0 })(
            request,
            none,
            after,
          )
        ).after;
      while (after !== undefined);
      return deleted;
    },
    rows: () => [...engine.items('reports')],
    personalRows: () => [...engine.items('personal')],
    /** Keys of copies. */
    copies: () => [...s3.all()].filter(({ bucket }) => bucket === buckets.reports),
    /** Whatever of these words is left in the store of reports. */
    isKept: (seq: number) =>
      [...engine.items('reports')].some((item) => JSON.stringify(item).includes(wordsOf(seq))) ||
      (seq === 2 && [...s3.all()].some(({ bucket }) => bucket === buckets.reports)),
  };
}

function messageOf(seq: number): Message {
  const content =
    seq === 1
      ? ({ type: 'text', text: wordsOf(1) } as const)
      : ({
          type: 'image',
          mediaId: 'm2',
          caption: wordsOf(2),
          media: { contentType: 'image/png', bytes: 1, variants: ['thumbnail'] },
        } as const);
  return {
    ...{ conversationId, seq, id: `id-${seq}`, from: author, content },
    sentAt: 1 as EpochMillis,
    expiresAt: 4e9 as EpochSeconds,
  };
}
