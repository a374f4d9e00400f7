import type { EngineReply, Meddler } from '../aws/meddler.ts';
import {
  refusedUnitsOf,
  type TableRequest,
  tablesOf,
  type WrittenRow,
  writtenRows,
} from './table-request.ts';

/** The switches by which a test makes the tables busy or late, and what they bill for nothing. */
export type TableFaults = {
  /** The next calls that touch the table are turned away, as by one that is too busy; a batch is left over whole. */
  throttle(tableName: string, times: number): void;
  /** Milliseconds for which no index shows a row that has been written. */
  setIndexDelay(millis: number): void;
  /** Units of writes whose condition did not hold, since it was asked last: AWS bills them as if it had held. */
  takeRefusedUnits(): number;
};

const busy: EngineReply = {
  status: 400,
  body: JSON.stringify({
    __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
    message: 'the table is throttled by a fault switch',
  }),
};

const refusals = /ConditionalCheckFailedException|TransactionCanceledException/;

export function tableFaults(now: () => number = Date.now): TableFaults & Meddler {
  const throttled = new Map<string, number>();
  let indexDelay = 0;
  let refusedUnits = 0;
  let written: (WrittenRow & { readonly at: number })[] = [];

  return {
    throttle: (tableName, times) => void throttled.set(tableName, times),
    setIndexDelay(millis) {
      indexDelay = millis;
    },
    takeRefusedUnits() {
      const units = refusedUnits;
      refusedUnits = 0;
      return units;
    },

    before(operation, body) {
      if (throttled.size === 0) return undefined;
      const request = parsed(body);
      const table = tablesOf(request).find((name) => throttled.has(name));
      if (table === undefined) return undefined;
      const left = (throttled.get(table) ?? 0) - 1;
      if (left > 0) throttled.set(table, left);
      else throttled.delete(table);
      return operation.startsWith('Batch') ? leftOver(operation, request) : busy;
    },

    after(operation, body, { status, body: text }) {
      if (status !== 200) {
        if (refusals.test(text)) refusedUnits += refusedUnitsOf(parsed(body));
        return text;
      }
      if (indexDelay === 0) return text;
      const request = parsed(body);
      const at = now();
      written = written.filter((each) => at - each.at < indexDelay);
      written.push(...writtenRows(request).map((each) => ({ ...each, at })));
      return operation === 'Query' && request.IndexName !== undefined ? withoutNew(request, text) : text;
    },
  };

  function withoutNew({ TableName }: TableRequest, text: string): string {
    const answer = JSON.parse(text);
    const recent = written.filter(({ table }) => table === TableName);
    const Items = (answer.Items ?? []).filter((item: object) => !recent.some(({ row }) => isRow(row, item)));
    return JSON.stringify({ ...answer, Items, Count: Items.length });
  }
}

const parsed = (body: string): TableRequest => JSON.parse(body || '{}');

function leftOver(operation: string, { RequestItems }: TableRequest): EngineReply {
  const body =
    operation === 'BatchGetItem'
      ? { Responses: {}, UnprocessedKeys: RequestItems }
      : { UnprocessedItems: RequestItems };
  return { status: 200, body: JSON.stringify(body) };
}

/** What was written is a key, or an item that has one: all that both name is the same. */
function isRow(row: Readonly<Record<string, unknown>>, item: object): boolean {
  const common = Object.entries(item).filter(([name]) => name in row);
  return (
    common.length > 0 && common.every(([name, value]) => JSON.stringify(row[name]) === JSON.stringify(value))
  );
}
