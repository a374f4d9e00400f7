import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ChatFunction } from '../constructs/chat-function.ts';
import type { Watch } from './watch.ts';

/** API Gateway wants a refusal to be an error, so that its errors say nothing: `AuthorizerErrors` does. */
const authorizer = 'Authorize';

/** The operator sees these fail where they are invoked. */
const commands = /^Admin/;

/** Two alarms for each function that nobody else looks at. */
export function watchFunctions(alarm: Watch, functions: readonly ChatFunction[]): readonly Alarm[] {
  return functions
    .filter(({ node }) => !commands.test(node.id))
    .flatMap(({ node, lambda }) => [
      ...(node.id === authorizer
        ? []
        : [
            alarm(`${node.id}Errors`, {
              metric: lambda.metricErrors(),
              above: 2,
              section: 'function-errors',
              says: `The function ${node.id} fails`,
            }),
          ]),
      alarm(`${node.id}Throttles`, {
        metric: lambda.metricThrottles(),
        above: 0,
        periods: 2,
        section: 'function-throttles',
        says: `The function ${node.id} is not let run`,
      }),
    ]);
}
