import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { freePort } from '../../infra/local/network/free-port.ts';
import { projectRoot } from '../../infra/local/synthesis/synthesize.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, join, openDirect, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { systemTables } from '../support/system-tables.ts';

let system: LocalSystem;
let port: number;
let conversationId: string;
const logs: string[] = [];

beforeAll(async () => {
  port = await freePort(2);
  system = await startTestSystem({ port, onLog: (_name, line) => void logs.push(line) });
  const [alice, bob] = [await join(system, 'alice'), await join(system, 'bob')];
  conversationId = await openDirect(alice, bob.userId);
  await alice.call('send', { conversationId, content: text('hello') });
});
afterAll(async () => {
  await system?.close();
});

async function admin(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['admin/main.ts', ...args], {
    cwd: projectRoot,
    env: { ...process.env, ...environment },
  });
  const [out, err, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close'),
  ]);
  return { out, err, code };
}

const local = async (...args: readonly string[]) => admin([...args, '--port', String(port)]);
const json = async (...args: readonly string[]) => JSON.parse((await local(...args, '--json')).out);

test('purge status tells people and programs', async () => {
  await system.schedules.fire('purge');
  const { out, code } = await local('purge', 'status');
  expect(code).toBe(0);
  expect(out).toContain('retention       7d\nbound           1h\noldest expired  nothing, within the bound');
  expect(out).toContain('0 messages deleted');
  expect(await json('purge', 'status')).toMatchObject({ boundSeconds: 3_600, withinBound: true, runs: [{}] });
});

test('options may stand before the command', async () => {
  const { code, out } = await admin(['--port', String(port), 'purge', 'status']);
  expect([code, out]).toEqual([0, expect.stringContaining('bound           1h')]);
});

test('retention preview counts what would go, and changes nothing', async () => {
  const day = await local('retention', 'preview', '--retention', '1d');
  expect(day.out).toBe('from 7d to 1d: nothing would be deleted\n');
  expect(await json('retention', 'preview', '--retention', '30d')).toMatchObject({ messages: 0 });
  await older(3_600);
  const minute = await local('retention', 'preview', '--retention', '1m');
  expect(minute.out).toContain('from 7d to 1m: 1 message in 1 conversation would be deleted');
  expect(minute.out).toContain(`${conversationId}  1 message  oldest 20`);
  expect(await json('retention', 'preview', '--retention', '1m')).toMatchObject({
    messages: 1,
    conversations: [{ conversationId, messages: 1 }],
    complete: true,
  });
  const alice = await connect(system, 'alice');
  expect(await alice.call('history', { conversationId })).toMatchObject({ messages: [{ seq: 1 }] });
});

test('consent that the app has asked for is recorded, shown, and works', async () => {
  const given = ['--jurisdiction', 'KR', '--policy-version', '1'];
  expect((await local('consent', 'show', 'dora')).out).toBe('dora: none (policy in force: 1)\n');
  const recorded = await local('consent', 'record', 'dora', ...given, '--age-met', '--operator', 'olga');
  expect(recorded.out).toMatch(/^dora: granted .*\n {2}1 .* granted .* KR .* {2}operator\n$/);
  const dora = await connect(system, 'dora');
  expect(await dora.call('hello')).toMatchObject({ consent: { state: 'granted' } });
  const audit = logs.flatMap((line) => line.split('\n')).find((line) => line.includes('consent record'));
  expect(JSON.parse(audit ?? '{}')).toMatchObject({
    event: 'audit',
    operator: 'olga',
    subject: 'dora',
    code: 'OK',
    at: expect.any(String),
    requestId: expect.any(String),
  });
});

test("a user's export is waited for, and can be fetched until it is deleted", async () => {
  const { out, err, code } = await local('user', 'export', 'alice');
  expect(code).toBe(0);
  expect(err).toMatch(/^alice: export \S+ is being written …\n$/);
  const [, url = ''] = /^alice: export \S+ is ready\nuntil \S+Z at (\S+)\n$/.exec(out) ?? [];
  expect((await fetch(url)).status).toBe(200);
  expect(await json('user', 'export', 'alice')).toMatchObject({ state: 'ready', parts: 1 });
  expect(await local('user', 'export', 'alice', '--part', '2')).toMatchObject({
    code: 1,
    err: 'NOT_FOUND: not found\n',
  });
});

test('a birth date decides and stands nowhere', async () => {
  const given = ['--jurisdiction', 'KR', '--policy-version', '1', '--birth-date'];
  const young = await local(
    'consent',
    'record',
    'emil',
    ...given,
    `${new Date().getUTCFullYear() - 5}-01-31`,
  );
  expect(young).toMatchObject({ code: 1, err: 'AGE_NOT_MET: minimum age of the jurisdiction is not met\n' });
  const older = await local('consent', 'record', 'emil', ...given, '1991-03-07');
  expect(older).toMatchObject({ code: 1, err: 'AGE_NOT_MET: minimum age of the jurisdiction is not met\n' });
  expect(await json('consent', 'record', 'emma', ...given, '1991-03-07')).toMatchObject({
    state: 'granted',
    entries: [{ ageDecidedBy: 'declared' }],
  });
  expect(JSON.stringify([await json('consent', 'show', 'emma'), logs])).not.toContain('1991-03');
});

test('the operator withdraws what was consented to', async () => {
  const given = ['--jurisdiction', 'KR', '--policy-version', '1', '--age-attested'];
  expect((await local('consent', 'record', 'fred', ...given)).out).toMatch(/ {2}attested\n$/);
  expect((await local('consent', 'withdraw', 'fred')).out).toMatch(
    /^fred: withdrawn .*\n.* granted .*\n.* withdrawn /,
  );
});

test.each([
  [['consent', 'record', 'x', '--jurisdiction', 'KR'], /--jurisdiction and --policy-version are needed/],
  [
    ['consent', 'record', 'x', '--jurisdiction', 'KR', '--policy-version', '1'],
    /either --age-met, --age-attested or --birth-date/,
  ],
  [['consent', 'show'], /name one user/],
  [['user', 'export'], /name one user/],
  [['user', 'export', 'alice', '--part', 'x'], /--part is a number/],
  [['consent', 'show', 'not a user'], /INVALID_INPUT: userId/],
  [['retention', 'preview'], /--retention: allowed/],
  [['retention', 'preview', '--retention', '7'], /--retention: allowed/],
  [['user', 'hold'], /name one user: user hold alice/],
  [['user', 'hold', 'alice', '--until', '2026-13-99'], /--until: a day/],
  [
    ['user', 'erase', 'nobody'],
    /UNKNOWN_USER: nothing is known of nobody \(looked at .*: there is nothing to erase/,
  ],
  [['conversation', 'release', 'alice'], /INVALID_INPUT: conversationId/],
  [['purge', 'everything'], /no command "purge everything"/],
  [['purge', 'status', '--force'], /Unknown option '--force'; --help/],
] as const)('%j is refused in one line', async (args, complaint) => {
  const { out, err, code } = await local(...args);
  expect([out, code]).toEqual(['', 1]);
  expect(err).toMatch(complaint);
  expect(err.trimEnd()).not.toContain('\n');
});

test('a hold is placed, told and lifted; asked again nothing changes', async () => {
  const order = ['--reason', 'case 12', '--authority', 'district court'];
  expect(await local('user', 'hold', 'hanna')).toMatchObject({
    code: 1,
    err: 'INVALID_INPUT: a new hold needs a reason and an authority\n',
  });
  expect(await local('user', 'hold', 'hanna', ...order)).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /^UNKNOWN_USER: nothing is known of hanna \(looked at consents, .*--allow-unknown/,
    ),
  });
  const held = await local('user', 'hold', 'hanna', ...order, '--allow-unknown', '--until', '2099-01-31');
  expect(held.out).toMatch(
    /^user hanna: being placed: what was being deleted before may still go, until the answer is held\n {2}since {9}20.*Z\n {2}held {10}not before 20.*Z; ask again then\n {2}reason {8}case 12\n {2}authority {5}district court\n {2}ends {10}2099-02-01T00:00:00\.000Z, by itself\n {2}covers {8}messages and profile\n/,
  );
  expect(held.out).toContain('time to live  taken off 0 items so far');
  const again = await json('user', 'hold', 'hanna');
  expect(again).toMatchObject({ target: { kind: 'user', userId: 'hanna' }, state: 'placing' });
  expect(held.out).toContain(again.since);
  expect((await local('user', 'release', 'hanna')).out).toContain('user hanna: released');
  expect((await local('conversation', 'hold', conversationId, ...order)).out).toContain(
    'covers        messages\n',
  );
  expect(await json('conversation', 'release', conversationId)).toMatchObject({ state: 'releasing' });
  const unknown = `g-${'x'.repeat(22)}`;
  expect((await local('conversation', 'release', unknown)).out).toBe(`conversation ${unknown}: not held\n`);
  expect(await local('conversation', 'hold', unknown, ...order)).toMatchObject({
    code: 1,
    err: 'NOT_FOUND: not found\n',
  });
});

test('help names every command', async () => {
  const { out, code } = await admin(['--help']);
  expect(code).toBe(0);
  const holds = ['user hold', 'user release', 'conversation hold', 'conversation release'];
  for (const words of [
    'purge status',
    'retention preview',
    'consent show',
    'consent record',
    'consent withdraw',
    ...holds,
  ])
    expect(out).toContain(words);
});

test('without a system it says how to start one', async () => {
  const { err, code } = await admin(['purge', 'status', '--port', '1']);
  expect([code, err]).toEqual([1, 'no local system at port 1: start one with `npm start -- --port 1`\n']);
});

test('with --stack the request is signed for the function of that stack', async () => {
  const seen: { url: string | undefined; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    seen.push({ url: request.url, authorization: request.headers.authorization });
    response.end(JSON.stringify({ ok: false, error: { code: 'NOT_FOUND', message: 'not found' } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const at = typeof address === 'object' ? address?.port : undefined;
  const { err } = await admin(['purge', 'status', '--stack', 'Lapse-Chat'], {
    AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${at}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
  server.close();
  expect(err).toBe('NOT_FOUND: not found\n');
  expect(seen).toEqual([
    {
      url: '/2015-03-31/functions/Lapse-Chat-admin-purge-status/invocations',
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/lambda\/aws4_request/,
      ),
    },
  ]);
});

/** The message becomes so many seconds older, and the index knows. */
async function older(seconds: number): Promise<void> {
  const tables = systemTables(system);
  const sentAt = Date.now() - seconds * 1000;
  await tables.change('MESSAGE_TABLE', { conversationId, seq: 1 }, { sentAt });
  await tables.change('CONVERSATION_TABLE', { conversationId, entry: 'head' }, { purgeFrom: sentAt });
  tables.close();
}
