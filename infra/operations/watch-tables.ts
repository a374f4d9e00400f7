import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { StoreTable } from '../constructs/store-table.ts';
import type { Watch } from './watch.ts';

/** Reads and writes apart: a sum of two metrics is missing as long as one of them is. */
export function watchTables(alarm: Watch, tables: readonly StoreTable[]): readonly Alarm[] {
  return tables.flatMap((table) =>
    (['Read', 'Write'] as const).map((kind) =>
      alarm(`${table.node.id}Table${kind}Throttles`, {
        metric: table.throttles(kind),
        above: 10,
        periods: 2,
        section: 'table-throttles',
        says: `DynamoDB turns ${kind.toLowerCase()}s of ${table.node.id} away`,
      }),
    ),
  );
}
