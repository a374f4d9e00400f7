import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text as textOf } from 'node:stream/consumers';
import { DeleteTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { freePort } from '../../infra/local/network/free-port.ts';
import { projectRoot } from '../../infra/local/synthesis/synthesize.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { join, openDirect, type Person, refusedHandshake, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

/** What each section's blocks of commands are, in the order of the page. */
const sections = new Map(
  readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section) => [
      section.split('\n')[0] ?? '',
      [...section.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block),
    ]),
);

let system: LocalSystem;
let port: number;
let alice: Person;
let bob: Person;
let conversationId: string;
let db: DynamoDBDocumentClient;
let sqs: SQSClient;
const logs: string[] = [];

beforeAll(async () => {
  port = await freePort(2);
  const assemblyFolder = await synthesizedAssembly({ sensitiveData: 'flag' });
  system = await startTestSystem({ port, assemblyFolder, onLog: (_name, line) => void logs.push(line) });
  const { region, credentials } = system;
  db = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: system.dynamodbEndpoint, region, credentials }),
  );
  sqs = new SQSClient({ endpoint: system.queueEndpoint, region, credentials });
  alice = await join(system, 'alice');
  bob = await join(system, 'bob');
  conversationId = await openDirect(alice, 'bob');
});
afterAll(async () => {
  db?.destroy();
  sqs?.destroy();
  await system?.close();
});

const queueUrl = (part: string) =>
  `${system.queueEndpoint}/000000000000/${system.queueNames.find((name) => name.includes(part))}`;

type Outcome = { readonly out: string; readonly code: number };

/** Runs a block as it stands; this system is not at the usual port, and `aws` finds the engines. */
async function run(block: string): Promise<Outcome> {
  const script = block.replaceAll(/^npm run -s (?:admin|invoke) .*$/gm, `$& --port ${port}`);
  const child = spawn('bash', ['-c', `aws() { node test/support/aws-command.ts "$@"; }\nset -e\n${script}`], {
    cwd: projectRoot,
    env: {
      ...process.env,
      AWS_REGION: system.region,
      AWS_ACCESS_KEY_ID: system.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: system.credentials.secretAccessKey,
      AWS_ENDPOINT_URL_SQS: system.queueEndpoint,
      AWS_ENDPOINT_URL_DYNAMODB: system.dynamodbEndpoint,
      RETRY_QUEUE_URL: queueUrl('RetriesQueue'),
      DEAD_LETTER_QUEUE_URL: queueUrl('DeadLetters'),
      MESSAGE_TABLE: system.tableNames['MESSAGE_TABLE'],
      TOKEN_ISSUER: JSON.parse(
        Buffer.from((await system.token('x')).split('.')[1] ?? '', 'base64url').toString(),
      ).iss,
    },
  });
  const [out, , [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close'),
  ]);
  return { out, code };
}

async function runSection(title: string): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const block of sections.get(title) ?? []) outcomes.push(await run(block));
  return outcomes;
}

const send = async (words: string) => alice.call('send', { conversationId, content: text(words) });
const measured = (name: string) => logs.join('').includes(`"${name}":`);

/** Each section, with its fault switched on: what its commands show. */
const trials: Readonly<Record<string, () => Promise<void>>> = {
  'Fan-out failures': async () => {
    system.gateway.faults.set({ kind: 'error' });
    await send('not pushed');
    expect(measured('FanOutFailures')).toBe(true);
    const [attributes] = await runSection('Fan-out failures');
    expect(attributes).toMatchObject({
      code: 0,
      out: expect.stringContaining('ApproximateNumberOfMessages'),
    });
    system.gateway.faults.clear();
    await bob.until((pushes) => pushes.some(({ message }) => message?.content.text === 'not pushed'));
  },
  'Retry queue': async () => {
    await sqs.send(
      new SendMessageCommand({ QueueUrl: queueUrl('RetriesQueue'), MessageBody: '{}', DelaySeconds: 900 }),
    );
    const [attributes] = await runSection('Retry queue');
    expect(JSON.parse(attributes?.out ?? '')).toMatchObject({
      Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' },
    });
  },
  'Dead letters': async () => {
    const body = JSON.stringify({ conversationId, seq: 1 });
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl('DeadLetters'), MessageBody: body }));
    const [both] = await runSection('Dead letters');
    expect(both).toMatchObject({ code: 0, out: expect.stringContaining(conversationId) });
    const [again] = await runSection('Dead letters');
    expect(again?.out).not.toContain(conversationId);
  },
  'Expired items': async () => {
    await age();
    const [before, swept] = await runSection('Expired items');
    expect(before).toMatchObject({ code: 0, out: expect.stringContaining('BEYOND THE BOUND') });
    expect(swept).toEqual({ code: 0, out: 'null\n' });
    expect(measured('OldestExpiredItemAge')).toBe(true);
    const [after] = await runSection('Expired items');
    expect(after?.out).toMatch(/last runs\n.*1 conversation/);
  },
  'Open erasures': async () => {
    const [help] = await runSection('Open erasures');
    expect(help).toMatchObject({ code: 0, out: expect.stringContaining("the operator's commands") });
  },
  'Function errors': async () => {
    expect(await runSection('Function errors')).toEqual([{ code: 0, out: 'null\n' }]);
  },
  ...Object.fromEntries(
    ['Overdue connections', 'Overdue uploads', 'Overdue exports', 'Hold walks'].map((title) => [
      title,
      async () => expect(await runSection(title)).toEqual([{ code: 0, out: 'null\n' }]),
    ]),
  ),
  Reports: async () => {
    const { seq } = await send('to be reported');
    await bob.call('report', { conversationId, seq, reason: 'spam' });
    const [list, sweep] = await runSection('Reports');
    expect(list).toMatchObject({ code: 0, out: expect.stringContaining(`${conversationId}.${seq}`) });
    expect(sweep).toEqual({ code: 0, out: 'null\n' });
  },
  'Table throttles': async () => {
    const [table] = await runSection('Table throttles');
    expect(JSON.parse(table?.out ?? '')).toMatchObject({ Table: { TableStatus: 'ACTIVE' } });
  },
  'Sensitive data': async () => {
    expect(await send('my card is 4111 1111 1111 1111')).toMatchObject({ flagged: true });
    expect(measured('SensitiveData')).toBe(true);
    const [figures] = await runSection('Sensitive data');
    expect(figures).toMatchObject({ code: 0, out: expect.stringContaining('payment-card') });
  },
  'Authorizer errors': async () => {
    const [well] = await runSection('Authorizer errors');
    expect(well).toMatchObject({ code: 0, out: expect.stringMatching(/"keys".*somebody: none/s) });
    await loseLedger();
    expect(await refusedHandshake(system, ['lapse.v1', await system.token('alice')])).toBe(500);
    expect(measured('AuthorizerErrors')).toBe(true);
    const [ill] = await runSection('Authorizer errors');
    expect(ill).toMatchObject({ code: 1, out: expect.stringContaining('"keys"') });
  },
};

/** A week and two hours go by for the first message. */
async function age(): Promise<void> {
  const expiresAt = Math.floor(Date.now() / 1000) - 7_200;
  const sentAt = (expiresAt - 604_800) * 1000;
  await change('MESSAGE_TABLE', { conversationId, seq: 1 }, 'SET sentAt = :sent, expiresAt = :end', [
    sentAt,
    expiresAt,
  ]);
  await change(
    'CONVERSATION_TABLE',
    { conversationId, entry: 'head' },
    'SET purgeFrom = :sent, nextPurgeAt = :end',
    [sentAt, expiresAt],
  );
}

async function change(table: string, Key: object, UpdateExpression: string, [sent, end]: readonly number[]) {
  await db.send(
    new UpdateCommand({
      TableName: system.tableNames[table],
      Key: { ...Key },
      UpdateExpression,
      ExpressionAttributeValues: { ':sent': sent, ':end': end },
    }),
  );
}

async function loseLedger(): Promise<void> {
  const TableName = system.tableNames['CONSENT_TABLE'];
  await db.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
  await db.send(new DeleteTableCommand({ TableName }));
}

test.each(Object.entries(trials))('%s', async (_title, trial) => trial(), 60_000);

test('every section with commands to be tried has been tried, and no block is left out', () => {
  const tried = [...sections].filter(([, blocks]) => blocks.length > 0).map(([title]) => title);
  expect(tried.toSorted()).toEqual(Object.keys(trials).toSorted());
});

test('a section of an alarm without commands to be tried says so', () => {
  const page = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
  for (const title of ['Function throttles', 'Function silence', 'Costs']) {
    const [, section = ''] = page.split(`## ${title}\n`);
    expect(section.split('\n## ')[0]?.replaceAll('\n', ' ')).toContain('Not tried on the local system');
  }
});
