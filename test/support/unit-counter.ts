import { Command, type Database } from '../../shared/stores/dynamodb/database.ts';

type Consumed = { readonly CapacityUnits?: number };
type Cost = { readonly calls: number; readonly units: number };

export type UnitCounter = (act: () => Promise<unknown>) => Promise<Cost>;

/**
 * What an act costs: the stores' calls by this client from now on, and the capacity units that the engine says they took, with
 * those of indexes.
 */
export function unitCounter(db: Database): UnitCounter {
  const cost = { calls: 0, units: 0 };
  const send = db.send.bind(db);
  db.send = async <Output>(command: Command<object, Output>) => {
    if (!(command instanceof Command)) return send(command);
    Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' });
    const result = await send(command);
    const { ConsumedCapacity = [] } = result as { ConsumedCapacity?: Consumed | readonly Consumed[] };
    cost.calls += 1;
    for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) cost.units += CapacityUnits;
    return result;
  };
  return async (act) => {
    Object.assign(cost, { calls: 0, units: 0 });
    await act();
    return { ...cost };
  };
}
