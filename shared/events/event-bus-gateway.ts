import { jsonClient } from '../runtime/aws/json-client.ts';
import { ServiceError } from '../runtime/aws/service-error.ts';
import type { Pause } from '../time.ts';
import type { SystemEvent } from './system-event.ts';

export type EventBusGateway = {
  /**
   * At most ten events and `mostBytes` in all. Answers the places of those that the bus has not taken, after repeating them.
   * @throws ServiceError what the bus answers in place of a result
   */
  put(events: readonly SystemEvent[]): Promise<readonly number[]>;
};

/** What is asked of EventBridge. */
export type PutEvents = (
  entries: readonly EventEntry[],
) => Promise<readonly { readonly ErrorCode?: string }[]>;

export type EventEntry = {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  /** Seconds since the epoch. */
  readonly Time: number;
};

export type BusAddress = { readonly arn: string; readonly source: string };

/** EventBridge takes so many of one call. */
export const mostEntries = 10;
/** Of one call: EventBridge takes 256 KB; the rest is for what it counts beside. */
export const mostBytes = 250_000;

/** Up to some 3 s of pauses: then the stream brings what is left again. */
const rounds = 5;
const firstPauseMillis = 100;

export function eventBusGateway(
  putEvents: PutEvents,
  { arn, source }: BusAddress,
  pause: Pause,
  random: () => number = Math.random,
): EventBusGateway {
  return {
    async put(events) {
      const entries = events.map((event) => entryOf(event, arn, source));
      let left = entries.map((_, place) => place);
      for (let round = 0; left.length > 0 && round < rounds; round += 1) {
        if (round > 0) await pause(random() * firstPauseMillis * 2 ** round);
        const results = await putEvents(left.flatMap((place) => entries[place] ?? []));
        // An answer that says nothing of an entry has not taken it.
        left = left.filter((_, index) => {
          const result = results[index];
          return result === undefined || result.ErrorCode !== undefined;
        });
      }
      return left;
    },
  };
}

export function entryOf(event: SystemEvent, arn: string, source: string): EventEntry {
  return {
    EventBusName: arn,
    Source: source,
    DetailType: event.detailType,
    Detail: JSON.stringify(event.detail),
    Time: Math.floor(Date.parse(event.detail.occurredAt) / 1000),
  };
}

/** As EventBridge counts an entry. */
export function bytesOf({ detailType, detail }: SystemEvent): number {
  const timeBytes = 14;
  const mostSource = 64;
  return timeBytes + mostSource + Buffer.byteLength(detailType) + Buffer.byteLength(JSON.stringify(detail));
}

export function putEventsClient(): PutEvents {
  const call = jsonClient({
    name: 'events',
    target: 'AWSEvents',
    version: '1.1',
    variable: 'EVENTBRIDGE',
  });
  return async (Entries) => {
    const { Entries: results } = await call('PutEvents', { Entries });
    if (!Array.isArray(results)) throw new ServiceError(200, {});
    return results;
  };
}
