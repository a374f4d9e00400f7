import { setTimeout } from 'node:timers/promises';
import { importMessages } from '../../shared/imports/import-messages.ts';
import type { MessageToImport } from '../../shared/imports/imported-message.ts';
import { recent } from '../../shared/runtime/recent.ts';
import { conversationEndStore } from '../../shared/stores/conversations/conversation-end-store.ts';
import { conversationRowStore } from '../../shared/stores/conversations/conversation-row-store.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { batchWrite } from '../../shared/stores/dynamodb/batch-write.ts';
import type { Database } from '../../shared/stores/dynamodb/database.ts';
import { queryAll } from '../../shared/stores/dynamodb/query-items.ts';
import { importStore } from '../../shared/stores/imports/import-store.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { recentStore } from '../../shared/stores/personal/recent-store.ts';
import { sendKeyOf } from '../../shared/stores/sends/send-key.ts';
import { epochMillis, systemClock } from '../../shared/time.ts';
import { steadyRetention } from '../../test/support/steady-retention.ts';
import { storeTables } from '../../test/support/store-tables.ts';

const people = ['alice', 'bob'];
const retentionSeconds = 7 * 86_400;
const batchSize = 250;
const conversationsAtOnce = 8;

export type ImportFigures = {
  readonly messages: number;
  readonly importMillis: number;
  /** The same rows by BatchWriteItem, without conditions. */
  readonly writeMillis: number;
  /** Killed in the middle, and begun again from the start. */
  readonly resumedMillis: number;
  readonly lost: number;
  readonly doubled: number;
};

/** On one engine: an import that is killed half-way and begun again, and the same rows written by BatchWriteItem. */
export async function compareImport(messages: number): Promise<ImportFigures> {
  const { db, close } = await storeTables('conversations', 'messages', 'sends', 'personal');
  try {
    const files = filesOf(messages);
    const whole = await timed(async () => importAll(db, 'whole', files));
    const half = files.map((file) => file.slice(0, Math.floor(file.length / 2)));
    await importAll(db, 'killed', half);
    const resumedMillis = await timed(async () => importAll(db, 'killed', files));
    const found = await Promise.all(files.map(async (_file, at) => allOf(db, conversationOf('killed', at))));
    const ids = found.flatMap((log) =>
      log.map(({ from, id, conversationId }) => `${conversationId} ${from} ${id}`),
    );
    const writeMillis = await timed(async () => writeAll(db, found));
    return {
      messages,
      importMillis: whole,
      writeMillis,
      resumedMillis,
      lost: messages - new Set(ids).size,
      doubled: ids.length - new Set(ids).size,
    };
  } finally {
    await close();
  }
}

const conversationOf = (run: string, at: number): string => `g-${run}-${at}`;

function filesOf(messages: number): readonly (readonly MessageToImport[])[] {
  const from = Date.now() - 86_400_000;
  return Array.from({ length: conversationsAtOnce }, (_, at) =>
    Array.from({ length: Math.ceil((messages - at) / conversationsAtOnce) }, (__, index) => ({
      id: `m-${index}`,
      from: people[index % 2] ?? '',
      sentAt: epochMillis(from + index),
      text: 'A message of the length that people write, more or less, in a chat.',
    })),
  );
}

async function importAll(
  db: Database,
  run: string,
  files: readonly (readonly MessageToImport[])[],
): Promise<void> {
  const now = systemClock;
  const conversations = {
    ...conversationStore(db, 'conversations', now),
    ...conversationRowStore(db, 'conversations', now),
    ...conversationEndStore(db, 'conversations'),
    ...membershipStore(db, 'conversations'),
  };
  const deps = {
    ...{ conversations, retentionSeconds, now },
    messages: messageStore(db, 'messages'),
    imports: importStore(db, { messages: 'messages', sends: 'sends' }, 0),
    recent: recentStore(db, 'personal'),
    recentJobs: undefined,
    retention: steadyRetention(retentionSeconds, now),
    agreeing: async (userIds: readonly string[]) => new Set(userIds),
    textFault: () => undefined,
    crowd: { busy: recent<true>(now), backoff: async () => setTimeout(5) },
  };
  await Promise.all(
    files.map(async (file, at) => {
      const conversationId = conversationOf(run, at);
      if ((await conversations.readHead(conversationId)) === undefined)
        await conversations.create({ conversationId, kind: 'group', createdAt: now() }, people, new Set());
      for (let index = 0; index < file.length; index += batchSize) {
        const messages = file.slice(index, index + batchSize);
        await importMessages(deps, { conversationId, messages, isLast: index + batchSize >= file.length });
      }
    }),
  );
}

type Row = Record<string, unknown>;

async function allOf(db: Database, conversationId: string): Promise<readonly Row[]> {
  return queryAll(db, {
    TableName: 'messages',
    KeyConditionExpression: 'conversationId = :id',
    ExpressionAttributeValues: { ':id': conversationId },
  });
}

/** The same messages under other conversations, and their records. */
async function writeAll(db: Database, logs: readonly (readonly Row[])[]): Promise<void> {
  await Promise.all(
    logs.map(async (log, at) => {
      const conversationId = conversationOf('written', at);
      const rows = log.map((row) => ({ PutRequest: { Item: { ...row, conversationId } } }));
      const records = log.map(({ id, from, seq, sentAt, endsAt, expiresAt }) => {
        const key = sendKeyOf({ conversationId, id: String(id), from: String(from) });
        return { PutRequest: { Item: { ...key, claimedAt: sentAt, seq, sentAt, endsAt, expiresAt } } };
      });
      for (let index = 0; index < rows.length; index += batchSize) {
        await batchWrite(db, 'messages', rows.slice(index, index + batchSize));
        await batchWrite(db, 'sends', records.slice(index, index + batchSize));
      }
    }),
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
