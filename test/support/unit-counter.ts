import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

type Consumed = { readonly CapacityUnits?: number };
type Cost = { readonly calls: number; readonly units: number };

export type UnitCounter = (act: () => Promise<unknown>) => Promise<Cost>;

/** What an act costs: calls by this client, and the capacity units that the engine says they took, with those of indexes. */
export function unitCounter(db: DynamoDBDocumentClient): UnitCounter {
  const cost = { calls: 0, units: 0 };
  db.middlewareStack.add(
    (next) => async (args) => {
      const asked = { ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } };
      const result = await next(asked as typeof args);
      const { ConsumedCapacity = [] } = result.output as {
        ConsumedCapacity?: Consumed | readonly Consumed[];
      };
      cost.calls += 1;
      for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) cost.units += CapacityUnits;
      return result;
    },
    { step: 'initialize', name: 'cost', override: true },
  );
  return async (act) => {
    Object.assign(cost, { calls: 0, units: 0 });
    await act();
    return { ...cost };
  };
}
