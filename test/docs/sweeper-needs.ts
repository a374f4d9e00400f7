import { pathToFileURL } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { purgeShardCount } from '../../shared/configuration/purge-shards.ts';
import { purgeShare } from '../../shared/retention/purge-expired.ts';
import { purgeShardOf } from '../../shared/stores/conversations/purge-mark.ts';
import { startCountingDynamoDb } from '../support/counting-dynamodb.ts';
import { startTestSystem } from '../support/local-system.ts';
import { type Item, systemTables } from '../support/system-tables.ts';

/** What is assumed: everything else is counted. */
const millisPerCall = 5;
const runSeconds = 280;
const dueADay = 0.1;
/** Of a message's text. */
const bytes = 200;

const messagesOfPage = 240;
/** With the default bound of an hour. */
const periodMinutes = 15;
const runsADay = 1_440 / periodMinutes;

export type Cost = { readonly calls: number; readonly read: number; readonly write: number };

const cost = (calls: number, read: number, write: number): Cost => ({ calls, read, write });
const minus = (one: Cost, other: Cost) =>
  cost(one.calls - other.calls, one.read - other.read, one.write - other.write);
const times = (one: Cost, factor: number) => cost(one.calls * factor, one.read * factor, one.write * factor);
const plus = (...costs: readonly Cost[]) =>
  costs.reduce((sum, each) => minus(sum, times(each, -1)), cost(0, 0, 0));

export type Costs = {
  /** A run that finds nothing. */
  readonly run: Cost;
  /** A conversation of one message, from its end until it has left the index: three visits. */
  readonly conversation: Cost;
  /** Each further page of messages that go. */
  readonly page: Cost;
  /** Each further page that is only read. */
  readonly readPage: Cost;
};

/** Counted on the function itself, over a real engine. */
export async function countCosts(): Promise<Costs> {
  const dynamodb = await startCountingDynamoDb();
  const system = await startTestSystem({ dynamodbEndpoint: dynamodb.endpoint });
  const tables = systemTables(system);
  const { region, credentials } = system;
  const db = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: dynamodb.endpoint, region, credentials }),
  );
  const nowSeconds = Math.floor(Date.now() / 1_000);
  const privacy = system.tableNames['PRIVACY_TABLE'];

  async function sweep(): Promise<Cost> {
    dynamodb.take();
    const result = await system.schedules.fire('purge');
    if (!result.ok) throw new Error(result.errorMessage);
    // An environment asks for the retention once a second, however much there is to do.
    const calls = dynamodb.take().filter((call) => call.table !== privacy || call.operation !== 'GetItem');
    const units = (isWrite: boolean) =>
      calls
        .filter(({ operation }) => /^(?:Put|Update|Delete|BatchWrite)/.test(operation) === isWrite)
        .reduce((sum, call) => sum + call.units, 0);
    return cost(calls.length, units(false), units(true));
  }

  /** With so many messages, which have all ended or none has; read whole where its messages have no order. */
  async function write(conversationId: string, count: number, hasEnded: boolean): Promise<void> {
    const expiresAt = hasEnded ? nowSeconds - 3_600 : nowSeconds + 86_400;
    const sentAt = (expiresAt - 604_800) * 1_000;
    const mark = {
      purgeShard: purgeShardOf(conversationId),
      nextPurgeAt: nowSeconds - 600,
      purgeFrom: sentAt,
    };
    const mixed = !hasEnded && { mixedUntil: nowSeconds + 86_400 };
    const head = { kind: 'direct', createdAt: sentAt, lastSeq: count, lastSentAt: sentAt, purgeRevision: 1 };
    await tables.put('CONVERSATION_TABLE', { conversationId, entry: 'head', ...head, ...mark, ...mixed });
    const rows = Array.from({ length: count }, (_, index): Item => {
      const seq = index + 1;
      const content = { type: 'text', text: 'x'.repeat(bytes) };
      const times = { sentAt, endsAt: expiresAt, expiresAt: expiresAt + 176_400 };
      return { conversationId, seq, id: `${seq}`, from: 'alice', content, ...times };
    });
    for (let from = 0; from < rows.length; from += 25) {
      const requests = rows.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
      const RequestItems = { [system.tableNames['MESSAGE_TABLE'] ?? '']: requests };
      await db.send(new BatchWriteCommand({ RequestItems }));
    }
  }

  /** Runs until nothing is due, as if enough time passed between them. */
  async function sweepAll(ids: readonly string[], run: Cost, visits: number): Promise<Cost> {
    let sum = cost(0, 0, 0);
    for (let visit = 0; visit < visits; visit += 1) {
      sum = plus(sum, minus(await sweep(), run));
      for (const conversationId of ids) {
        const key = { conversationId, entry: 'head' };
        const { drainingSince } = (await tables.get('CONVERSATION_TABLE', key)) ?? {};
        const earlier = nowSeconds - 100;
        await tables.change('CONVERSATION_TABLE', key, {
          settledAt: earlier,
          ...(drainingSince !== undefined && { drainingSince: earlier }),
        });
      }
    }
    return sum;
  }

  try {
    await sweep();
    const run = await sweep();
    const few = Array.from(
      { length: purgeShare.atOnce },
      (_, index) => `d-${String.fromCodePoint(97 + index)}`,
    );
    for (const id of few) await write(id, 1, true);
    const conversation = times(await sweepAll(few, run, 3), 1 / few.length);
    await write('d-long', 5 * messagesOfPage + 1, true);
    const page = times(minus(await sweepAll(['d-long'], run, 3), conversation), 1 / 5);
    await write('d-one', 1, false);
    const visit = await sweepAll(['d-one'], run, 1);
    await tables.remove('CONVERSATION_TABLE', { conversationId: 'd-one', entry: 'head' });
    await write('d-whole', 5 * messagesOfPage + 1, false);
    const readPage = times(minus(await sweepAll(['d-whole'], run, 1), visit), 1 / 5);
    return { run, conversation, page, readPage };
  } finally {
    db.destroy();
    tables.close();
    await system.close();
    await dynamodb.close();
  }
}

/** By Zipf's law: the largest of so many has as many messages as there are conversations, the second half of that, … */
function furtherPages(conversations: number): { readonly all: number; readonly largest: number } {
  let all = 0;
  for (let rank = 1; rank <= conversations / messagesOfPage; rank += 1)
    all += Math.ceil(conversations / rank / messagesOfPage) - 1;
  return { all, largest: Math.ceil(conversations / messagesOfPage) - 1 };
}

const secondsOf = ({ calls }: Cost) => (calls * millisPerCall) / 1_000;

/**
 * Two days of runs of that one of several sweepers which has the largest conversation, all of which ends at the beginning. It takes
 * one of the sixteen places; what comes in evenly shares the others. Answers after how many minutes the last of anything was gone.
 */
function latest(due: number, sweepers: number, costs: Costs): number {
  const { all, largest } = furtherPages(due);
  const perRun =
    (due * secondsOf(costs.conversation) + (all - largest) * secondsOf(costs.page)) / (runsADay * sweepers);
  let ofLargest = largest * secondsOf(costs.page);
  let waiting = 0;
  // What one run finds goes in the next one.
  let runs = 2;
  for (let run = 1; run <= 2 * runsADay; run += 1) {
    if (ofLargest > 0) runs = Math.max(runs, run + 1);
    const places = ofLargest > 0 ? purgeShare.atOnce - 1 : purgeShare.atOnce;
    ofLargest = Math.max(0, ofLargest - runSeconds);
    waiting = Math.max(0, waiting + perRun - places * runSeconds);
    runs = Math.max(runs, 2 + Math.ceil(waiting / perRun));
  }
  return runs * periodMinutes;
}

const shown = (value: number) => Number(value.toPrecision(2)).toLocaleString('en');

/** The table of `docs/retention.md`. */
export function sweeperNeeds(costs: Costs): string {
  const rows = [10_000, 1_000_000, 100_000_000].map((conversations) => {
    const due = conversations * dueADay;
    const sweepers = sweepersFor(due, costs);
    const day = plus(
      times(costs.run, runsADay * sweepers),
      times(costs.conversation, due),
      times(costs.page, furtherPages(due).all),
    );
    const whole = times(costs.readPage, conversations + furtherPages(conversations).all);
    const working = runSeconds / 60 / periodMinutes;
    const hours = secondsOf(whole) / 3_600 / (purgeShare.atOnce * sweepers * working);
    return [
      conversations.toLocaleString('en'),
      `${sweepers}`,
      shown(day.calls),
      shown(day.read),
      shown(day.write),
      `${latest(due, sweepers, costs)} min`,
      hours < 0.1 ? 'minutes' : `${shown(hours)} h`,
      shown(whole.read),
    ];
  });
  const head = [
    ...['conversations', '`purge.sweepers`', 'calls a day', 'read units a day', 'write units a day'],
    ...['the last is gone after', 'all read whole takes', 'and read units'],
  ];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Half of what the runs can do is enough: there is room for a bad day. */
function sweepersFor(due: number, costs: Costs): number {
  const seconds = due * secondsOf(costs.conversation) + furtherPages(due).all * secondsOf(costs.page);
  return Math.min(
    purgeShardCount,
    Math.max(1, Math.ceil((2 * seconds) / (purgeShare.atOnce * runSeconds * runsADay))),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.stdout.write(`${sweeperNeeds(await countCosts())}\n`);
