import { pathToFileURL } from 'node:url';
import { type PurgeExpiredDeps, purgeExpired, purgeShare } from '../../shared/retention/purge-expired.ts';
import { purgeShardOf } from '../../shared/stores/conversations/purge-mark.ts';
import type { Message } from '../../shared/stores/messages/message.ts';
import { onlySweeper } from '../../shared/stores/privacy/sweeper.ts';
import { type EpochSeconds, epochMillis } from '../../shared/time.ts';
import { type ConversationRows, memoryConversationStore } from '../support/memory-conversation-store.ts';
import { memoryMessageStore } from '../support/memory-message-store.ts';
import { memoryPurgeRuns } from '../support/memory-purge-run-store.ts';
import { steadyRetention } from '../support/steady-retention.ts';

/** What is assumed: everything else is counted. */
const millisPerCall = 5;
const runSeconds = 280;
const dueADay = 0.1;

const sample = 320;
const periodMillis = 900_000;
const retentionSeconds = 86_400;

/** Visits and calls until conversations with one message each, which has ended, have left the index. */
export async function countVisits(): Promise<{ readonly visits: number; readonly calls: number }> {
  let now = 1_800_000_000_000;
  let visits = 0;
  let calls = 0;
  const rooms = new Map<string, ConversationRows>();
  const messages = new Map<string, Map<number, Message>>();
  for (let index = 0; index < sample; index += 1) {
    const conversationId = `d-${index}`;
    const expiresAt = (now / 1_000 - 120) as EpochSeconds;
    const sentAt = epochMillis((expiresAt - retentionSeconds) * 1_000);
    const times = { conversationId, sentAt, expiresAt };
    const message: Message = { ...times, seq: 1, id: 'a', from: 'a', content: { type: 'text', text: 'a' } };
    messages.set(conversationId, new Map([[1, message]]));
    const order = { lastSeq: 1, lastSentAt: sentAt, retryMarks: [], purgeRevision: 1 };
    const mark = { purgeShard: purgeShardOf(conversationId), nextPurgeAt: expiresAt, purgeFrom: sentAt };
    const head = { conversationId, kind: 'direct' as const, createdAt: sentAt, ...order, ...mark };
    rooms.set(conversationId, { head, members: new Map() });
  }
  const step = async <Result>(effect: () => Result): Promise<Result> => {
    calls += 1;
    return effect();
  };
  const conversations = memoryConversationStore(rooms, { step, now: () => epochMillis(now) });
  const runs = memoryPurgeRuns().store(step);
  const deps: Omit<PurgeExpiredDeps, 'endBy'> = {
    ...{ retentionSeconds, share: purgeShare, sweeper: onlySweeper, runs, onFailure },
    retention: steadyRetention(retentionSeconds, () => now),
    now: () => epochMillis(now),
    holds: { among: async () => step(() => ({ users: new Set(), conversations: new Set() })) },
    messages: memoryMessageStore(
      (id) => ({ messages: messages.get(id) ?? new Map(), timeless: new Set(), claims: new Map() }),
      { step, pageSize: 240 },
    ),
    conversations,
  };
  while ([...rooms.values()].some(({ head }) => head?.purgeShard !== undefined)) {
    const run = await purgeExpired({ ...deps, endBy: epochMillis(now + runSeconds * 1_000) });
    visits += run?.conversations ?? 0;
    now += periodMillis;
  }
  return { visits: visits / sample, calls: calls / sample };
}

function onFailure(error: unknown): never {
  throw error;
}

const bounds = [
  { bound: '1h', minutes: 15 },
  { bound: '20m', minutes: 5 },
] as const;

/** The table of `docs/retention.md`. */
export async function sweeperNeeds(): Promise<string> {
  const { visits, calls } = await countVisits();
  const visitsARun = Math.floor(
    (purgeShare.atOnce * runSeconds * 1_000) / ((calls / visits) * millisPerCall),
  );
  const rows = [10_000, 1_000_000, 100_000_000].map((conversations) => {
    const visitsADay = conversations * dueADay * visits;
    const needs = bounds.map(({ bound, minutes }) => {
      const share = visitsADay / ((1_440 / minutes) * visitsARun);
      return { bound, share };
    });
    const fits = needs.find(({ share }) => share <= 1);
    const cells = [
      conversations.toLocaleString('en'),
      visitsADay.toLocaleString('en'),
      Math.round(conversations * dueADay * calls).toLocaleString('en'),
      ...needs.map(({ share }) => `${share < 0.01 ? 'under 1' : Math.ceil(share * 100)} %`),
      fits === undefined ? 'more than one sweeper' : `\`"${fits.bound}"\``,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| conversations | visits a day | calls a day | of what runs can do with `"1h"` | with `"20m"` | `purge.bound` at most |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.stdout.write(`${await sweeperNeeds()}\n`);
