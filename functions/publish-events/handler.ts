import middy from '@middy/core';
import { compose } from '../../shared/composition/compose.ts';
import { eventBus, eventContent, eventKinds, facts, factTables } from '../../shared/composition/events.ts';
import { listingRetention } from '../../shared/composition/retention.ts';
import type { SeenChange } from '../../shared/events/events-of.ts';
import { publishEvents } from '../../shared/events/publish-events.ts';
import type { FactTable, RowChange } from '../../shared/stores/facts/fact.ts';

const { tables, ...deps } = compose({
  tables: factTables,
  facts,
  bus: eventBus,
  kinds: eventKinds,
  content: eventContent,
  retention: listingRetention,
});

type StreamRecord = {
  readonly eventName: RowChange['change'];
  readonly eventSourceARN: string;
  readonly dynamodb: {
    readonly Keys: Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;
    readonly SequenceNumber: string;
    /** Seconds since the epoch. */
    readonly ApproximateCreationDateTime: number;
  };
};

/** By the streams of the tables, each batch of one of them, in the order in which its rows were written. */
export const handler = middy<{ readonly Records: readonly StreamRecord[] }>().handler(async ({ Records }) => {
  const failed = await publishEvents(deps, Records.map(changeOf));
  return { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed }] };
});

function changeOf({ eventName: change, eventSourceARN, dynamodb }: StreamRecord): SeenChange {
  const { Keys, SequenceNumber: sequenceNumber, ApproximateCreationDateTime: seconds } = dynamodb;
  return {
    table: tableOf(eventSourceARN),
    change,
    keys: Object.fromEntries(Object.entries(Keys).map(([name, { S, N }]) => [name, S ?? Number(N)] as const)),
    sequenceNumber,
    at: new Date(seconds * 1000).toISOString(),
  };
}

/** `arn:…:table/NAME/stream/…`. */
function tableOf(streamArn: string): FactTable {
  const [, name = ''] = streamArn.split('/');
  const table = tables.get(name);
  if (table === undefined) throw new Error('a stream of a table that this function knows nothing of');
  return table;
}
