import { setTimeout } from 'node:timers/promises';
import * as z from 'zod/mini';
import { eventKinds as kinds } from '../configuration/event-kinds.ts';
import { eventBusGateway, putEventsClient } from '../events/event-bus-gateway.ts';
import type { Environment } from '../runtime/environment.ts';
import type { FactTable } from '../stores/facts/fact.ts';
import { factStore } from '../stores/facts/fact-store.ts';
import { database } from './clients.ts';

const settings = z.object({
  busArn: z.string(),
  source: z.string(),
  kinds: z.array(z.enum(kinds)),
  content: z.boolean(),
});

export const eventKinds = ({ events }: Environment) => settings.parse(events).kinds;
export const eventContent = ({ events }: Environment) => settings.parse(events).content;

export const eventBus = ({ events }: Environment) => {
  const { busArn: arn, source } = settings.parse(events);
  return eventBusGateway(putEventsClient(), { arn, source }, async (millis) => setTimeout(millis));
};

const tablesIn = (environment: Environment) => ({
  messages: environment.messagesStored ? environment.messageTable : undefined,
  changes: environment.messagesStored ? environment.changeTable : undefined,
  reports: environment.reportSeconds > 0 ? environment.reportTable : undefined,
  consents: environment.consentTable,
  privacy: environment.privacyTable,
});

export const facts = (environment: Environment) => factStore(database(), tablesIn(environment));

/** Which table a stream is of, by its name in the stream's address. */
export const factTables = (environment: Environment): ReadonlyMap<string, FactTable> =>
  new Map(
    Object.entries(tablesIn(environment)).flatMap(([table, name]) =>
      name === undefined ? [] : [[name, table as FactTable] as const],
    ),
  );
