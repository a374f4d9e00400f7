import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import * as z from 'zod';
import { signatureFault } from '../aws/signature-fault.ts';
import { type LocalCredentials, localAccountId } from '../model/local-identity.ts';
import { listen } from '../network/listen.ts';
import { readBody } from '../network/read-body.ts';
import { bytesOfEntry, type Entry, entryFault, entryShape } from './check-entry.ts';

/** An event as a rule's target receives it. */
export type BusEvent = {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
};

/** Whoever is told; one that throws is told again, as Lambda is, twice. */
export type BusConsumer = (event: BusEvent) => unknown;

export type Bus = {
  readonly endpoint: string;
  /** What has come since the start, in the order in which it came. */
  readonly events: readonly BusEvent[];
  consume(consumer: BusConsumer): void;
  /** The next entries are not taken: as by a bus that is too busy. */
  throttle(entries: number): void;
  close(): Promise<void>;
};

type BusOptions = {
  readonly region: string;
  readonly credentials: LocalCredentials;
  readonly onError: (error: unknown) => void;
};

const mostEntries = 10;
const mostBytes = 256 * 1024;
const attempts = 3;
/** Of what came first, for who looks later; a bus keeps nothing. */
const kept = 10_000;

const requestShape = z.object({ Entries: z.array(entryShape).min(1) });

type Answer = { readonly status: number; readonly body: object };

const refusal = (status: number, type: string, message: string): Answer => ({
  status,
  body: { __type: type, message },
});

/** The PutEvents operation of EventBridge, which checks entries as it does; what the template's rules would do is left to consumers. */
export async function startBus({ region, credentials, onError }: BusOptions): Promise<Bus> {
  const events: BusEvent[] = [];
  const consumers: BusConsumer[] = [];
  let throttled = 0;
  /** One after the other to each consumer; EventBridge promises no order. */
  let telling = Promise.resolve();

  const server = createServer((request, response) => {
    void answer(request)
      .catch((error: unknown) => refusal(500, 'InternalException', String(error)))
      .then(({ status, body }) => {
        const text = JSON.stringify(body);
        response
          .writeHead(status, {
            'content-type': 'application/x-amz-json-1.1',
            'content-length': Buffer.byteLength(text),
          })
          .end(text);
      });
  });
  const { origin, close } = await listen(server, 0);
  return {
    endpoint: origin,
    events,
    consume: (consumer) => void consumers.push(consumer),
    throttle(entries) {
      throttled = entries;
    },
    async close() {
      await close();
      await telling;
    },
  };

  async function answer(request: IncomingMessage): Promise<Answer> {
    const body = await readBody(request, 2 * mostBytes);
    if (body === undefined) return refusal(413, 'RequestEntityTooLarge', 'too large');
    const fault = await signatureFault(request, body, { service: 'events', credentials });
    if (fault !== undefined) return refusal(403, fault, 'not signed with the key of this local system');
    if (request.headers['x-amz-target'] !== 'AWSEvents.PutEvents')
      return refusal(400, 'UnknownOperationException', 'only PutEvents');
    const { success, data } = requestShape.safeParse(JSON.parse(String(body)));
    if (!success) return refusal(400, 'ValidationException', 'Entries: a list of entries');
    if (data.Entries.length > mostEntries)
      return refusal(400, 'ValidationException', `Entries: at most ${mostEntries}`);
    if (data.Entries.reduce((sum, entry) => sum + bytesOfEntry(entry), 0) > mostBytes)
      return refusal(
        400,
        'ValidationException',
        'Total size of the entries in the request is over the limit.',
      );
    const Entries = data.Entries.map(take);
    return {
      status: 200,
      body: { FailedEntryCount: Entries.filter((each) => 'ErrorCode' in each).length, Entries },
    };
  }

  function take(entry: Entry): object {
    const fault = entryFault(entry);
    if (fault !== undefined) return fault;
    if (throttled > 0) {
      throttled -= 1;
      return { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded for account.' };
    }
    const event = eventOf(entry, region);
    if (events.length < kept) events.push(event);
    for (const consumer of consumers) telling = telling.then(async () => tell(consumer, event));
    return { EventId: event.id };
  }

  async function tell(consumer: BusConsumer, event: BusEvent): Promise<void> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      try {
        await consumer(event);
        return;
      } catch (error) {
        if (attempt === attempts) onError(error);
      }
    }
  }
}

const eventOf = ({ Source = '', DetailType = '', Detail = '{}', Time }: Entry, region: string): BusEvent => ({
  version: '0',
  id: randomUUID(),
  'detail-type': DetailType,
  source: Source,
  account: localAccountId,
  time: new Date(Time === undefined ? Date.now() : Time * 1000).toISOString().replace(/\.\d+/, ''),
  region,
  resources: [],
  detail: JSON.parse(Detail),
});
