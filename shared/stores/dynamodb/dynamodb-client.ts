import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { CallOptions, Variables } from '../../runtime/aws/aws-client.ts';
import { jsonClient } from '../../runtime/aws/json-client.ts';
import { ServiceError } from '../../runtime/aws/service-error.ts';
import { readBytes, type WireAttributes, writeBytes } from './binary-attributes.ts';
import type { Database } from './database.ts';

type Attributes = Parameters<typeof unmarshall>[0];
type Fields = Readonly<Record<string, unknown>>;

/** As many attempts, and as quick a first repeat, as the SDK gives this service. */
const retries: CallOptions = { attempts: 4, basePause: 25 };

/** Runs the stores' commands over AWS JSON. Values become attributes and back by AWS's own `util-dynamodb`. */
export function dynamodbClient(options: CallOptions = {}, variables?: Variables): Database {
  const service = { name: 'dynamodb', target: 'DynamoDB_20120810' };
  const call = jsonClient(service, { ...retries, ...options }, variables);
  return {
    async send<Output>({ operation, input }: { readonly operation: string; readonly input: object }) {
      try {
        return fromWire(await call(operation, toWire(input as Fields))) as Output;
      } catch (error) {
        if (error instanceof ServiceError) readBytesOf(error);
        throw error;
      }
    },
  };
}

/** The SDK's errors carry attributes, not values; of them too, bytes are bytes. */
function readBytesOf({ Item, CancellationReasons }: ServiceError): void {
  const reasons = (CancellationReasons ?? []) as readonly { readonly Item?: WireAttributes }[];
  for (const item of [Item as WireAttributes | undefined, ...reasons.map((reason) => reason.Item)]) {
    if (item !== undefined) readBytes(item);
  }
}

/** Of every operation that there is a command for: no two use a name for different things. */
function toWire(input: Fields): Fields {
  const { RequestItems, TransactItems, ...request } = input;
  return {
    ...withAttributes(request),
    ...(RequestItems !== undefined && { RequestItems: ofEach(RequestItems as Fields, tableRequest) }),
    ...(TransactItems !== undefined && {
      TransactItems: (TransactItems as readonly Fields[]).map((each) => ofEach(each, withAttributes)),
    }),
  };
}

function fromWire(output: Fields): Fields {
  const { Item, Items, Attributes: attributes, LastEvaluatedKey, ...rest } = output;
  const { Responses, UnprocessedKeys, UnprocessedItems, ...result } = rest;
  return {
    ...result,
    ...(Item !== undefined && { Item: toValues(Item) }),
    ...(Items !== undefined && { Items: (Items as readonly unknown[]).map(toValues) }),
    ...(attributes !== undefined && { Attributes: toValues(attributes) }),
    ...(LastEvaluatedKey !== undefined && { LastEvaluatedKey: toValues(LastEvaluatedKey) }),
    ...(Responses !== undefined && {
      Responses: ofEach(Responses as Fields, (items) => (items as readonly unknown[]).map(toValues)),
    }),
    ...(UnprocessedKeys !== undefined && { UnprocessedKeys: ofEach(UnprocessedKeys as Fields, tableLeft) }),
    ...(UnprocessedItems !== undefined && {
      UnprocessedItems: ofEach(UnprocessedItems as Fields, tableLeft),
    }),
  };
}

const attributeNames = ['Key', 'Item', 'ExclusiveStartKey', 'ExpressionAttributeValues'] as const;

function withAttributes(request: unknown): Fields {
  const marshalled: Record<string, unknown> = { ...(request as Fields) };
  for (const name of attributeNames) {
    if (marshalled[name] !== undefined) marshalled[name] = toAttributes(marshalled[name]);
  }
  return marshalled;
}

/** A list of writes, or keys to read with their options. */
function tableRequest(request: unknown): unknown {
  if (Array.isArray(request)) return request.map((write) => ofEach(write as Fields, withAttributes));
  const { Keys, ...options } = request as { readonly Keys: readonly unknown[] };
  return { ...options, Keys: Keys.map(toAttributes) };
}

/** The same again, as it comes back. */
function tableLeft(request: unknown): unknown {
  if (Array.isArray(request)) return request.map((write) => ofEach(write as Fields, withValues));
  const { Keys, ...options } = request as { readonly Keys: readonly unknown[] };
  return { ...options, Keys: Keys.map(toValues) };
}

const withValues = (write: unknown): Fields => ofEach(write as Fields, toValues);

function toAttributes(value: unknown): WireAttributes {
  const attributes = marshall(value as Record<string, unknown>, { removeUndefinedValues: true });
  writeBytes(attributes as WireAttributes);
  return attributes as WireAttributes;
}

function toValues(attributes: unknown): Fields {
  readBytes(attributes as WireAttributes);
  return unmarshall(attributes as Attributes);
}

const ofEach = (fields: Fields, change: (value: unknown) => unknown): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]));
