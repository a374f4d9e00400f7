import { Command, type Database } from '../../shared/stores/dynamodb/database.ts';

type Consumed = { readonly CapacityUnits?: number };

/** The same database, and what the calls since `reset` have cost. */
export function countedDatabase(db: Database) {
  const cost = { calls: 0, units: 0 };
  const counted: Database = {
    async send<Output>(command: Command<object, Output>): Promise<Output> {
      const { operation, input } = command;
      const asked = { operation, input: { ...input, ReturnConsumedCapacity: 'TOTAL' } };
      Object.setPrototypeOf(asked, Command.prototype);
      const result = await db.send(asked as Command<object, Output>);
      const { ConsumedCapacity = [] } = result as { ConsumedCapacity?: Consumed | readonly Consumed[] };
      cost.calls += 1;
      for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) cost.units += CapacityUnits;
      return result;
    },
  };
  return { db: counted, cost, reset: () => void Object.assign(cost, { calls: 0, units: 0 }) };
}
