import { awsJsonClient } from '../../../../infra/local/aws/aws-json-client.ts';
import { type Bus, startBus } from '../../../../infra/local/bus/start-bus.ts';
import { startCredentials } from '../../../../infra/local/credentials/start-credentials.ts';

const credentials = startCredentials();
const region = 'eu-west-1';
let bus: Bus;
beforeAll(async () => {
  bus = await startBus({ region, credentials, onError: () => undefined });
});
afterAll(async () => bus?.close());

const put = async (Entries: readonly object[], by = credentials): Promise<any> =>
  awsJsonClient({
    endpoint: bus.endpoint,
    region,
    service: 'events',
    targetPrefix: 'AWSEvents',
    credentials: by,
  })('PutEvents', { Entries });
const entry = { Source: 'lapse', DetailType: 'a', Detail: '{"n":1}', Time: 1_800_000_000 };

test('what is taken has an id, and comes with its time to whoever consumes, again if that fails', async () => {
  const seen: unknown[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  bus.consume(({ detail, time }) => {
    seen.push([detail, time]);
    if (seen.length === 1) throw new Error('not yet');
    resolve();
  });
  expect(await put([entry])).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
  await promise;
  expect(seen).toEqual([1, 2].map(() => [{ n: 1 }, '2027-01-15T08:00:00Z']));
});

test('an entry without a source, of AWS’s own or whose detail is no object is not taken; the others are', async () => {
  const { Source: _, ...unnamed } = entry;
  const bad = [unnamed, { ...entry, Source: 'aws.x' }, { ...entry, Detail: '[]' }, { ...entry, Detail: '{' }];
  const { FailedEntryCount, Entries } = await put([...bad, entry]);
  expect(FailedEntryCount).toBe(4);
  expect(Entries.map(({ ErrorCode }: { ErrorCode?: string }) => ErrorCode)).toEqual([
    'InvalidArgument',
    'NotAuthorizedForSourceException',
    'MalformedDetail',
    'MalformedDetail',
    undefined,
  ]);
});

test('more than ten, more than 256 KB or another’s signature is refused whole', async () => {
  await expect(put(Array.from({ length: 11 }, () => entry))).rejects.toThrow('at most 10');
  await expect(put([{ ...entry, Detail: JSON.stringify({ x: 'y'.repeat(256 * 1024) }) }])).rejects.toThrow(
    'size',
  );
  await expect(put([entry], startCredentials())).rejects.toThrow('not signed');
});
