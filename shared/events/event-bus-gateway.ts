import { awsClient, type Variables } from '../runtime/aws/aws-client.ts';
import { serviceEndpoint } from '../runtime/aws/service-endpoint.ts';
import { lambdaVariables } from '../runtime/read-environment.ts';
import type { Pause } from '../time.ts';
import type { BusEvent } from './system-event.ts';

export type EventBusGateway = {
  /**
   * At most ten events and `mostBytes` in all. Answers the places of those that the bus has not taken, after repeating them.
   * @throws ServiceError what the bus answers in place of a result
   */
  put(events: readonly BusEvent[]): Promise<readonly number[]>;
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

export function entryOf(event: BusEvent, arn: string, source: string): EventEntry {
  return {
    EventBusName: arn,
    Source: source,
    DetailType: event.detailType,
    Detail: JSON.stringify(event.detail),
    Time: Math.floor(Date.parse(event.detail.occurredAt) / 1000),
  };
}

/** As EventBridge counts an entry. */
export function bytesOf({ detailType, detail }: BusEvent): number {
  const timeBytes = 14;
  const mostSource = 64;
  return timeBytes + mostSource + Buffer.byteLength(detailType) + Buffer.byteLength(JSON.stringify(detail));
}

/** AWS JSON 1.1, which no other service here speaks. The variable is the SDK's own. */
export function putEventsClient(variables: Variables = lambdaVariables): PutEvents {
  const given = variables['AWS_ENDPOINT_URL_EVENTBRIDGE'];
  const endpoint = given === undefined ? serviceEndpoint('events', variables) : new URL(given);
  const call = awsClient({ name: 'events', endpoint }, {}, variables);
  return async (Entries) => {
    const { body } = await call({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' },
      body: JSON.stringify({ Entries }),
    });
    return resultsIn(body);
  };
}

/** With a text of ours: what the parser says quotes the answer. */
function resultsIn(body: Buffer): readonly { readonly ErrorCode?: string }[] {
  try {
    const { Entries } = JSON.parse(body.toString()) as { readonly Entries?: unknown };
    if (Array.isArray(Entries)) return Entries;
  } catch {
    // Said below.
  }
  throw new SyntaxError('the bus answered something else than results');
}
