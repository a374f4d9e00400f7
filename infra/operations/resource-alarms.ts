import type { ChatFunction } from '../constructs/chat-function.ts';
import type { StoreTable } from '../constructs/store-table.ts';
import type { WorkQueue } from '../constructs/work-queue.ts';
import type { NamedAlarm } from './alarms.ts';

/** API Gateway wants a refusal to be an error, so that its errors say nothing: `AuthorizerErrors` does. */
export const authorizer = 'Authorize';

/** The operator sees these fail where they are invoked. */
const commands = /^Admin/;

/** Two alarms for each function that nobody else looks at. */
export function functionAlarms(functions: readonly ChatFunction[]): readonly NamedAlarm[] {
  return functions
    .filter(({ node }) => !commands.test(node.id))
    .flatMap(({ node, lambda }): readonly NamedAlarm[] => {
      const errors: NamedAlarm = [
        `${node.id}Errors`,
        {
          metric: lambda.metricErrors(),
          above: 2,
          section: 'function-errors',
          says: `The function ${node.id} fails`,
        },
      ];
      const throttles: NamedAlarm = [
        `${node.id}Throttles`,
        {
          metric: lambda.metricThrottles(),
          above: 0,
          periods: 2,
          section: 'function-throttles',
          says: `The function ${node.id} is not let run`,
        },
      ];
      return node.id === authorizer ? [throttles] : [errors, throttles];
    });
}

/**
 * Reads and writes apart: a sum of two metrics is missing as long as one of them is. The metric of a table leaves its
 * indexes out: each has its own.
 */
export function tableAlarms(tables: readonly StoreTable<string>[]): readonly NamedAlarm[] {
  return tables.flatMap((table) =>
    [undefined, ...table.indexNames].flatMap((index) =>
      (['Read', 'Write'] as const).map((kind) => throttleAlarm(table, kind, index)),
    ),
  );
}

function throttleAlarm(table: StoreTable<string>, kind: 'Read' | 'Write', index?: string): NamedAlarm {
  const { id } = table.node;
  return [
    index === undefined ? `${id}Table${kind}Throttles` : `${id}-${index}-${kind}Throttles`,
    {
      metric: table.throttles(kind, index),
      above: 10,
      periods: 2,
      section: 'table-throttles',
      says: `DynamoDB turns ${kind.toLowerCase()}s of ${id}${index === undefined ? '' : ` by ${index}`} away`,
    },
  ];
}

/** Five attempts at long work are too far apart for the alarm of the function's errors. */
export function deadLetterAlarms(queues: readonly WorkQueue[]): readonly NamedAlarm[] {
  return queues.map((queue) => [
    `${queue.node.id}DeadLetters`,
    {
      metric: queue.deadLetterDepth,
      above: 0,
      section: 'dead-letters',
      says: `${queue.node.id}: work failed five times`,
    },
  ]);
}
