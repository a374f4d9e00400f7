import type {
  BatchGetCommandInput,
  BatchWriteCommandInput,
  GetCommandInput,
  QueryCommandInput,
  TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { LocalTable } from '../../../infra/local/model/system-model.ts';
import { namesOf } from './expressions/names.ts';
import { parseProjection, project } from './expressions/projection.ts';
import { copy, type Item } from './item.ts';
import { checkedKey, encodeKey, isExactly } from './key.ts';
import { query } from './query.ts';
import { conditionFailed, invalid, transactionCanceled } from './refusals.ts';
import { type Lags, memoryTable, type OnWrite, type Table } from './table.ts';
import { planWrite, type WriteKind, type WriteRequest } from './write.ts';

/** A command of the document client. */
export type Command = { readonly constructor: { readonly name: string }; readonly input: object };

export type EngineOptions = {
  /** Milliseconds. */
  readonly now: () => number;
  readonly lags?: Lags;
  /** Told of everything that changes. */
  readonly onWrite?: OnWrite;
  /** How many of the requests of a batch are left to be asked for again. */
  readonly leftOver?: (requests: number) => number;
};

/** DynamoDB in memory, as far as the stores use it; what it does not know it refuses. */
export type MemoryDynamoDb = {
  /** At once and whole; a refusal is thrown. */
  execute(command: Command): object;
  /** What lies in a table, for whoever looks from outside. */
  items(tableName: string): Iterable<Item>;
  /** As time to live deletes: whatever the item says. */
  remove(tableName: string, item: Item): void;
  readonly tables: ReadonlyMap<string, Table>;
};

const consistent: Lags = { table: () => 0, index: () => 0, longest: 0 };

const writeRequest = [
  ...['TableName', 'Item', 'Key', 'UpdateExpression', 'ConditionExpression', 'ReturnValues'],
  ...['ExpressionAttributeNames', 'ExpressionAttributeValues', 'ReturnValuesOnConditionCheckFailure'],
];
const getRequest = [
  ...['TableName', 'Key', 'Keys', 'ConsistentRead'],
  ...['ProjectionExpression', 'ExpressionAttributeNames'],
];
const queryRequest = [
  ...['TableName', 'IndexName', 'KeyConditionExpression', 'FilterExpression', 'ProjectionExpression'],
  ...['ExpressionAttributeNames', 'ExpressionAttributeValues', 'ConsistentRead', 'ScanIndexForward'],
  ...['Limit', 'ExclusiveStartKey'],
];

export function memoryDynamoDb(models: readonly LocalTable[], options: EngineOptions): MemoryDynamoDb {
  const { now, lags = consistent, onWrite, leftOver = () => 0 } = options;
  const tables = new Map(models.map((model) => [model.tableName, memoryTable(model, lags, onWrite)]));

  const commands: Readonly<Record<string, (input: never) => object>> = {
    GetCommand: get,
    QueryCommand: (input: QueryCommandInput) => {
      const known = checkNames(input, queryRequest);
      return query(tableOf(known), known, now(), known.IndexName === undefined ? stale(known) : undefined);
    },
    PutCommand: (input: Written) => write('Put', input),
    UpdateCommand: (input: Written) => write('Update', input),
    DeleteCommand: (input: Written) => write('Delete', input),
    BatchGetCommand: batchGet,
    BatchWriteCommand: batchWrite,
    TransactWriteCommand: transactWrite,
  };

  return {
    execute(command) {
      const { name } = command.constructor;
      const execute = commands[name];
      if (execute === undefined) throw invalid(`this engine knows no ${name}`);
      return { ...execute(command.input as never), $metadata: {} };
    },
    items: (tableName) => tableOf({ TableName: tableName }).items(),
    remove(tableName, item) {
      const table = tableOf({ TableName: tableName });
      table.write(checkedKey(table.schema, table.model.attributeTypes, item), undefined, now());
    },
    tables,
  };

  function tableOf({ TableName }: { readonly TableName?: string | undefined }): Table {
    const table = tables.get(TableName ?? '');
    if (table === undefined) throw invalid(`no table ${TableName}`);
    return table;
  }

  function stale({ ConsistentRead }: { readonly ConsistentRead?: boolean | undefined }): number | undefined {
    return ConsistentRead === true || lags.longest === 0 ? undefined : now() - lags.table();
  }

  function get(input: GetCommandInput): object {
    const item = readOne(tableOf(input), input.Key ?? {}, checkNames(input, getRequest), stale(input));
    return item === undefined ? {} : { Item: item };
  }

  type Read = Pick<GetCommandInput, 'ProjectionExpression' | 'ExpressionAttributeNames'>;

  function readOne(table: Table, given: Item, read: Read, at: number | undefined): Item | undefined {
    const key = checkedKey(table.schema, table.model.attributeTypes, given);
    if (!isExactly(table.schema, given)) throw invalid('a key has the key attributes alone');
    const item = table.get(key, at);
    if (read.ProjectionExpression === undefined) return item && copy(item);
    const names = namesOf(read);
    const left = project(parseProjection(read.ProjectionExpression), item ?? {}, names);
    names.checkAllUsed();
    return item && left;
  }

  type Written = WriteRequest & {
    readonly TableName?: string;
    readonly ReturnValues?: string;
    readonly ReturnValuesOnConditionCheckFailure?: string;
  };

  function write(kind: WriteKind, input: Written): object {
    checkNames(input, writeRequest);
    const table = tableOf(input);
    const { key, before, after, touched, isAllowed } = planWrite(table, kind, input);
    if (!isAllowed) throw conditionFailed(isShown(input) ? before : undefined);
    if (after !== undefined || before !== undefined) table.write(key, after, now());
    const { ReturnValues = 'NONE' } = input;
    const shown = returned(kind, ReturnValues, before, after);
    if (shown === undefined) return {};
    const isPart = ReturnValues.startsWith('UPDATED');
    const entries = Object.entries(copy(shown)).filter(([name]) => !isPart || touched.has(name));
    return isPart && entries.length === 0 ? {} : { Attributes: Object.fromEntries(entries) };
  }

  function isShown({ ReturnValuesOnConditionCheckFailure: shown = 'NONE' }: Written): boolean {
    return shown === 'ALL_OLD';
  }

  function batchGet({ RequestItems = {}, ...rest }: BatchGetCommandInput): object {
    checkNames(rest, []);
    const asked = Object.entries(RequestItems).flatMap(([TableName, { Keys = [], ...read }]) => {
      checkNames(read, getRequest);
      checkOnce(Keys.map((key) => encodeKey(tableOf({ TableName }).schema, key)));
      return Keys.map((key) => ({ TableName, key, read }));
    });
    if (asked.length === 0 || asked.length > 100) throw invalid('a batch has 1 to 100 keys');
    const done = asked.length - leftOver(asked.length);
    const Responses: Record<string, Item[]> = {};
    const UnprocessedKeys: Record<string, { readonly Keys: readonly Item[] }> = {};
    for (const [place, { TableName, key, read }] of asked.entries()) {
      Responses[TableName] ??= [];
      if (place < done) {
        const item = readOne(tableOf({ TableName }), key, read, stale(read));
        if (item !== undefined) Responses[TableName].push(item);
      } else {
        const { Keys = [] } = UnprocessedKeys[TableName] ?? {};
        UnprocessedKeys[TableName] = { ...read, Keys: [...Keys, key] };
      }
    }
    return { Responses, UnprocessedKeys };
  }

  function batchWrite({ RequestItems = {}, ...rest }: BatchWriteCommandInput): object {
    checkNames(rest, []);
    const asked = Object.entries(RequestItems).flatMap(([TableName, requests]) => {
      const { schema } = tableOf({ TableName });
      checkOnce(
        requests.map(({ PutRequest, DeleteRequest }) =>
          encodeKey(schema, PutRequest?.Item ?? DeleteRequest?.Key ?? {}),
        ),
      );
      return requests.map((request) => ({ TableName, request }));
    });
    if (asked.length === 0 || asked.length > 25) throw invalid('a batch has 1 to 25 writes');
    const done = asked.length - leftOver(asked.length);
    const UnprocessedItems: Record<string, object[]> = {};
    for (const [place, { TableName, request }] of asked.entries()) {
      const { PutRequest, DeleteRequest } = request;
      if (place < done) {
        if (PutRequest !== undefined) write('Put', { TableName, Item: PutRequest.Item ?? {} });
        else write('Delete', { TableName, Key: DeleteRequest?.Key ?? {} });
      } else UnprocessedItems[TableName] = [...(UnprocessedItems[TableName] ?? []), request];
    }
    return { UnprocessedItems };
  }

  function transactWrite({
    TransactItems = [],
    ClientRequestToken: _token,
    ...rest
  }: TransactWriteCommandInput): object {
    checkNames(rest, []);
    if (TransactItems.length === 0 || TransactItems.length > 100)
      throw invalid('a transaction has 1 to 100 writes');
    const plans = TransactItems.map((each) => {
      const [kind, ...others] = Object.keys(each) as WriteKind[];
      if (kind === undefined || others.length > 0) throw invalid('one write an item of the transaction');
      const input = checkNames(each[kind] as Written, writeRequest);
      const table = tableOf(input);
      return { kind, input, table, plan: planWrite(table, kind, input) };
    });
    checkOnce(
      plans.map(({ table, plan }) => `${table.model.tableName}\n${encodeKey(table.schema, plan.key)}`),
    );
    if (plans.some(({ plan }) => !plan.isAllowed))
      throw transactionCanceled(
        plans.map(({ input, plan }) =>
          plan.isAllowed ? undefined : { item: isShown(input) ? plan.before : undefined },
        ),
      );
    for (const { kind, table, plan } of plans)
      if (kind !== 'ConditionCheck') table.write(plan.key, plan.after, now());
    return {};
  }
}

function returned(kind: WriteKind, wanted: string, before: Item | undefined, after: Item | undefined) {
  if (wanted === 'NONE') return undefined;
  if (wanted === 'ALL_OLD') return before;
  if (kind === 'Update') {
    if (wanted === 'UPDATED_OLD') return before;
    if (wanted === 'ALL_NEW' || wanted === 'UPDATED_NEW') return after;
  }
  throw invalid(`a ${kind} returns no ${wanted}`);
}

/** What this engine does not know it must not pass over. */
function checkNames<Input extends object>(input: Input, known: readonly string[]): Input {
  const unknown = Object.entries(input).filter(
    ([name, value]) => value !== undefined && !known.includes(name),
  );
  if (unknown.length > 0) throw invalid(`this engine knows no ${unknown.map(([name]) => name).join(', ')}`);
  return input;
}

function checkOnce(keys: readonly string[]): void {
  if (new Set(keys).size < keys.length) throw invalid('a key twice in one request');
}
