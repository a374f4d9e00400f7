import type { Construct } from 'constructs';
import type { Configuration } from '../configuration/configuration.ts';
import { metricNamespace } from '../configuration/system-name.ts';
import type { ChatApi } from '../constructs/chat-api.ts';
import { ChatFunction } from '../constructs/chat-function.ts';
import { StoreTable } from '../constructs/store-table.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import { Operations } from '../operations/operations.ts';
import type { DataStack } from './data-stack.ts';

export type OperateProps = {
  readonly configuration: Configuration;
  readonly data: DataStack;
  readonly api: ChatApi;
};

/** Whatever functions, tables and queues there are: none has to be named to be measured, traced and watched. */
export function operate(stack: Construct, { configuration, data, api }: OperateProps): void {
  const functions = stack.node.children.filter((child) => child instanceof ChatFunction);
  const tables = data.node.children.filter((child) => child instanceof StoreTable);
  const works = data.node.children.filter((child) => child instanceof WorkQueue);
  const namespace = metricNamespace(configuration.stage);
  for (const fn of functions) {
    fn.setEnvironment({ metricNamespace: namespace });
    if (configuration.tracing) fn.trace();
  }
  const { alarms: recipients } = configuration;
  if (recipients === undefined) return;
  const { retries } = data;
  new Operations(stack, 'Operations', {
    configuration,
    recipients,
    namespace,
    api,
    functions,
    tables,
    works,
    retries,
  });
}
