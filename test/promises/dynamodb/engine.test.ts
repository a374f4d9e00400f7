import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { type StoreTables, storeTables, tableModels } from '../../support/store-tables.ts';
import { memoryDynamoDb } from './engine.ts';

let real: StoreTables;
beforeAll(async () => {
  real = await storeTables('messages', 'conversations', 'sends');
});
afterAll(async () => real.close());

type Made = { readonly input: object; readonly constructor: { readonly name: string } };

const partition = fc.constantFrom('p', 'q');
const entry = fc.constantFrom('head', 'member#a', 'member#b');
const number = fc.integer({ min: 0, max: 5 });
const text = fc.constantFrom('', 'a', 'ab', 'ü', '\u{1f600}');
const set = fc
  .uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 })
  .map((members) => new Set(members));
const value = fc.oneof(
  number,
  text,
  set,
  fc.boolean(),
  fc.constant(null),
  fc.array(number, { maxLength: 2 }),
  fc.record({ mediaId: text, deep: fc.record({ n: number }) }),
);
const attributes = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'content'), value, { maxKeys: 4 });
const key = fc.record({ conversationId: partition, entry });
const indexed = fc.record(
  { userId: partition, purgeShard: fc.constantFrom('0', '1'), nextPurgeAt: number, purgeFrom: number },
  { requiredKeys: [] },
);
const item = fc.tuple(key, indexed, attributes).map(([own, more, rest]) => ({ ...rest, ...more, ...own }));

const names = { '#a': 'a', '#b': 'b', '#c': 'c', '#content': 'content', '#mediaId': 'mediaId' };
const path = fc.constantFrom('#a', '#b', '#c', '#content.#mediaId', 'nextPurgeAt');
const operand = fc.constantFrom(':n', ':s', ':t');
const comparison = fc.oneof(
  fc.tuple(path, fc.constantFrom('=', '<>', '<', '<=', '>', '>='), operand).map((parts) => parts.join(' ')),
  fc.tuple(path, path).map(([one, other]) => `${one} = ${other}`),
  fc.tuple(path, operand).map(([where, what]) => `contains(${where}, ${what})`),
  path.map((where) => `begins_with(${where}, :s)`),
  path.map((where) => `attribute_exists(${where})`),
  path.map((where) => `attribute_not_exists(${where})`),
  path.map((where) => `attribute_type(${where}, :type)`),
  path.map((where) => `${where} BETWEEN :n AND :m`),
  path.map((where) => `${where} IN (:n, :s)`),
);
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparison,
    fc.tuple(tie('condition'), tie('condition')).map(([one, other]) => `${one} AND (${other})`),
    fc.tuple(tie('condition'), tie('condition')).map(([one, other]) => `${one} OR ${other}`),
    tie('condition').map((inner) => `NOT (${inner})`),
  ),
}));

/** Only what the expressions use: the rest is refused. */
function used(expressions: readonly (string | undefined)[], values: Readonly<Record<string, unknown>>) {
  const all = expressions.join(' ');
  const isIn = ([alias]: readonly [string, unknown]) => new RegExp(`${alias}(?![A-Za-z0-9_])`).test(all);
  const ExpressionAttributeNames = Object.fromEntries(Object.entries(names).filter(isIn));
  const ExpressionAttributeValues = Object.fromEntries(Object.entries(values).filter(isIn));
  return {
    ...(Object.keys(ExpressionAttributeNames).length > 0 && { ExpressionAttributeNames }),
    ...(Object.keys(ExpressionAttributeValues).length > 0 && { ExpressionAttributeValues }),
  };
}

const values = fc
  .record({
    ':n': number,
    ':m': number,
    ':s': text,
    ':t': set,
    ':list': fc.array(number, { maxLength: 2 }),
    ':type': fc.constantFrom('S', 'N', 'SS', 'M', 'L', 'NULL', 'BOOL'),
  })
  // BETWEEN that goes downwards is refused, by the local engine not everywhere.
  .map((given) => ({
    ...given,
    ':n': Math.min(given[':n'], given[':m']),
    ':m': Math.max(given[':n'], given[':m']),
  }));
const shown = fc.constantFrom('NONE', 'ALL_OLD');
const TableName = 'conversations';

const put = fc
  .tuple(item, fc.option(condition, { nil: undefined }), values, shown, shown)
  .map(([Item, ConditionExpression, given, ReturnValues, ReturnValuesOnConditionCheckFailure]) => ({
    ...{ TableName, Item, ReturnValues, ReturnValuesOnConditionCheckFailure },
    ...(ConditionExpression !== undefined && { ConditionExpression }),
    ...used([ConditionExpression], given),
  }));
const remove = fc
  .tuple(key, fc.option(condition, { nil: undefined }), values, shown)
  .map(([Key, ConditionExpression, given, ReturnValues]) => ({
    ...{ TableName, Key, ReturnValues },
    ...(ConditionExpression !== undefined && { ConditionExpression }),
    ...used([ConditionExpression], given),
  }));

const targets = ['#a', '#b', '#c', 'nextPurgeAt'] as const;
const source = fc.oneof(
  fc.constantFrom(':n', ':s', ':list', ':n + :m', '#b', '#a - :n', 'list_append(#c, :list)'),
  path.map((where) => `if_not_exists(${where}, :n)`),
  path.map((where) => `if_not_exists(${where}, :n) + :m`),
);
const sets = fc
  .subarray([...targets], { minLength: 1 })
  .chain((chosen) => fc.tuple(...chosen.map((target) => source.map((from) => `${target} = ${from}`))))
  .map((parts) => `SET ${parts.join(', ')}`);
const updateExpression = fc.oneof(
  sets,
  fc.constantFrom(
    'REMOVE #a, #content',
    'ADD #a :n',
    'ADD #b :t',
    'DELETE #b :t',
    'SET nextPurgeAt = if_not_exists(nextPurgeAt, :n) REMOVE #b ADD #a :one',
    'SET #c = :n DELETE #b :t',
  ),
);
const update = fc
  .tuple(
    key,
    updateExpression,
    fc.option(condition, { nil: undefined }),
    values,
    // Not ALL_OLD: of an item that an update makes, the local engine shows the key as the old one.
    fc.constantFrom('NONE', 'ALL_NEW', 'UPDATED_NEW', 'UPDATED_OLD'),
    shown,
  )
  .map(([Key, UpdateExpression, ConditionExpression, given, asked, onFailure]) => ({
    ...{
      TableName,
      Key,
      ReturnValues: asked,
      UpdateExpression,
      ReturnValuesOnConditionCheckFailure: onFailure,
    },
    ...(ConditionExpression !== undefined && { ConditionExpression }),
    ...used([UpdateExpression, ConditionExpression], { ...given, ':one': 1 }),
  }));

const keyCondition = fc.constantFrom(
  'conversationId = :p',
  'conversationId = :p AND entry = :e',
  'conversationId = :p AND begins_with(entry, :e)',
  'conversationId = :p AND entry > :e',
  'conversationId = :p AND entry BETWEEN :e AND :f',
  'entry <= :f AND conversationId = :p',
);
const indexCondition = fc.constantFrom(
  ['byMember', 'userId = :p'],
  ['byUser', 'userId = :p AND conversationId > :p'],
  ['byNextPurge', 'purgeShard = :shard'],
  ['byNextPurge', 'purgeShard = :shard AND nextPurgeAt <= :n'],
  ['byPurgeFrom', 'purgeShard = :shard AND purgeFrom BETWEEN :n AND :m'],
);
const keyValues = fc.record({
  ':p': partition,
  ':e': entry,
  ':f': entry,
  ':shard': fc.constantFrom('0', '1'),
});
const projection = fc.constantFrom(undefined, undefined, '#a, #content.#mediaId', 'conversationId');
const page = fc.record({
  Limit: fc.constantFrom(undefined, 1, 2, 3),
  ScanIndexForward: fc.boolean(),
  FilterExpression: fc.option(comparison, { nil: undefined }),
  ProjectionExpression: projection,
});
const queries = fc
  .tuple(fc.oneof(keyCondition, indexCondition), page, values, keyValues)
  .map(([where, { Limit, FilterExpression, ProjectionExpression, ...rest }, given, keys]) => {
    const [IndexName, KeyConditionExpression] = typeof where === 'string' ? [undefined, where] : where;
    return {
      ...{ TableName, KeyConditionExpression: KeyConditionExpression ?? '', ...rest },
      ...(IndexName === undefined ? { ConsistentRead: true } : { IndexName }),
      ...(Limit !== undefined && { Limit }),
      ...(FilterExpression !== undefined && { FilterExpression }),
      ...(ProjectionExpression !== undefined && { ProjectionExpression }),
      ...used([KeyConditionExpression, FilterExpression, ProjectionExpression], { ...given, ...keys }),
    };
  });

/** Of a write that cannot be done the real one tells after the conditions of the others. */
const harmless = {
  UpdateExpression: 'SET #c = :n REMOVE #b',
  ConditionExpression: 'attribute_exists(conversationId)',
  ExpressionAttributeNames: { '#b': 'b', '#c': 'c' },
  ExpressionAttributeValues: { ':n': 1 },
};
const sendKey = fc.record({ userId: partition, sendKey: fc.constantFrom('1', '2') });
const transaction = fc.tuple(put, update, sendKey, fc.boolean()).map(([one, other, claim, isCheck]) => {
  const { ReturnValues: _one, ...Put } = one;
  const { ReturnValues: _other, ...Update } = other;
  const { UpdateExpression: _change, ...rest } = Update;
  const check = {
    ...rest,
    ConditionExpression: 'attribute_exists(conversationId)',
    ExpressionAttributeNames: undefined,
    ExpressionAttributeValues: undefined,
  };
  const claimed = {
    ...{ TableName: 'sends', Item: claim, ConditionExpression: 'attribute_not_exists(userId)' },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
  return {
    TransactItems: [
      { Put: claimed },
      { Put },
      isCheck ? { ConditionCheck: check } : { Update: { ...Update, ...harmless } },
    ],
  };
});
const batchKeys = fc.uniqueArray(key, {
  minLength: 1,
  maxLength: 5,
  selector: ({ conversationId, entry: at }) => `${conversationId} ${at}`,
});
const batch = fc
  .tuple(batchKeys, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), attributes)
  .map(([keys, puts, rest]) => ({
    RequestItems: {
      [TableName]: keys.map((Key, index) =>
        puts[index] ? { PutRequest: { Item: { ...rest, ...Key } } } : { DeleteRequest: { Key } },
      ),
    },
  }));

const command: fc.Arbitrary<() => Made> = fc.oneof(
  { weight: 4, arbitrary: put.map((input) => () => new PutCommand(input as never)) },
  { weight: 6, arbitrary: update.map((input) => () => new UpdateCommand(input as never)) },
  { weight: 1, arbitrary: remove.map((input) => () => new DeleteCommand(input as never)) },
  { weight: 1, arbitrary: key.map((Key) => () => new GetCommand({ TableName, Key, ConsistentRead: true })) },
  { weight: 5, arbitrary: queries.map((input) => () => new QueryCommand(input as never)) },
  { weight: 2, arbitrary: transaction.map((input) => () => new TransactWriteCommand(input as never)) },
  { weight: 1, arbitrary: batch.map((input) => () => new BatchWriteCommand(input)) },
  {
    weight: 1,
    arbitrary: batchKeys.map(
      (Keys) => () => new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
    ),
  },
);

test('answers as the real engine does, whatever it is asked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 20, maxLength: 20 }), async (commands) => {
      const memory = memoryDynamoDb(tableModels('messages', 'conversations', 'sends'), { now: () => 0 });
      await empty();
      for (const make of commands) {
        const { input } = make();
        const [wanted, found] = [await answer(real.stock, make()), ofMemory(memory, make())];
        const asked = JSON.stringify(input);
        expect({ asked, answer: found }).toEqual({ asked, answer: wanted });
      }
    }),
    { numRuns: 60 },
  );
});

test('goes through a partition page by page as the real engine does', async () => {
  const memory = memoryDynamoDb(tableModels('messages'), { now: () => 0 });
  const body = 'x'.repeat(150_000);
  for (let seq = 1; seq <= 20; seq += 1) {
    const make = () => new PutCommand({ TableName: 'messages', Item: { conversationId: 'c', seq, body } });
    await real.db.send(make());
    memory.execute(make());
  }
  for (const ScanIndexForward of [true, false]) {
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const make = () =>
        new QueryCommand({
          TableName: 'messages',
          KeyConditionExpression: 'conversationId = :c',
          ExpressionAttributeValues: { ':c': 'c' },
          ...{ ScanIndexForward, ExclusiveStartKey, ConsistentRead: true },
        });
      const wanted = await real.db.send(make());
      expect(ofMemory(memory, make())).toMatchObject({
        Items: wanted.Items ?? [],
        Count: wanted.Count,
        ...(wanted.LastEvaluatedKey && { LastEvaluatedKey: wanted.LastEvaluatedKey }),
      });
      ExclusiveStartKey = wanted.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  }
});

async function empty(): Promise<void> {
  const { items } = memoryDynamoDb(tableModels('conversations'), { now: () => 0 });
  expect([...items(TableName)]).toEqual([]);
  for (const conversationId of ['p', 'q'])
    for (const at of ['head', 'member#a', 'member#b'])
      await real.db.send(new DeleteCommand({ TableName, Key: { conversationId, entry: at } }));
  for (const userId of ['p', 'q'])
    for (const each of ['1', '2'])
      await real.db.send(new DeleteCommand({ TableName: 'sends', Key: { userId, sendKey: each } }));
}

type Told = {
  readonly name: string;
  readonly Item?: unknown;
  readonly CancellationReasons?: readonly { readonly Code?: string; readonly Item?: unknown }[];
};

async function answer(db: DynamoDBDocumentClient, made: Made): Promise<unknown> {
  try {
    return plain(await db.send(made as unknown as Parameters<typeof db.send>[0]));
  } catch (error) {
    return refusal(error as Told);
  }
}

function ofMemory(memory: ReturnType<typeof memoryDynamoDb>, made: Made): unknown {
  try {
    return plain(memory.execute(made));
  } catch (error) {
    return refusal(error as Told);
  }
}

/** Why, and of what: not in which words. */
function refusal({ name, Item, CancellationReasons = [] }: Told): object {
  // In a transaction the real one says which of the writes is at fault.
  if (CancellationReasons.some(({ Code }) => Code === 'ValidationError'))
    return { name: 'ValidationException', reasons: [] };
  return { name, Item, reasons: CancellationReasons.map((each) => ({ Code: each.Code, Item: each.Item })) };
}

function plain({ $metadata: _, ScannedCount: _scanned, ...rest }: Record<string, any>): object {
  const { Responses, ...others } = rest;
  // A batch comes in no order.
  const inOrder = (items: readonly Record<string, unknown>[]) =>
    items.toSorted((one, other) => (keyText(one) < keyText(other) ? -1 : 1));
  const sorted = Object.entries<Record<string, unknown>[]>(Responses ?? {}).map(([name, items]) => [
    name,
    inOrder(items),
  ]);
  const kept = Object.entries(others).filter(([, each]) => each !== undefined);
  return {
    ...Object.fromEntries(kept),
    ...(Responses !== undefined && { Responses: Object.fromEntries(sorted) }),
  };
}

const keyText = ({ conversationId, entry: at }: Record<string, unknown>) => `${conversationId} ${at}`;
