import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { fakeLapse } from '../support/fake-lapse.ts';
import type { FakeLapse } from '../support/fake-lapse-type.ts';
import { textOf } from '../support/text-of.ts';
import { type Served, serve } from '../support/ws-server.ts';

let lapse: FakeLapse;
let served: Served;

beforeEach(async () => {
  lapse = fakeLapse(Date.now);
  served = await serve(lapse);
});
afterEach(() => served.close());

type Run = { readonly code: number | null; readonly out: string; readonly err: string };

function chat(words: readonly string[], input: string): Promise<Run> {
  const child = spawn(process.execPath, ['client/terminal/main.ts', ...words], { stdio: 'pipe' });
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => {
    out += String(data);
  });
  child.stderr.on('data', (data) => {
    err += String(data);
  });
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}
const port = () => ['--port', String(served.port)];

test('piped lines are sent in order and acked before it leaves', async () => {
  const { code, out, err } = await chat(['alice', '--to', 'bob', ...port()], 'one\ntwo\nthree\n');
  expect(err).toBe('');
  expect(code).toBe(0);
  const texts = lapse.list('d-alice-bob').map(textOf);
  expect(texts).toEqual(['one', 'two', 'three']);
  expect(out).toMatch(/— bob —\n.*alice ✓: one.*\n.*alice ✓: two.*\n.*alice ✓: three/);
  expect(out).not.toContain('\u001b');
  expect(out).not.toContain('no conversations yet');
});

const deployed = (command: string) => [
  ...['--url', `ws://127.0.0.1:${served.port}/v1`],
  ...['--token-command', command],
];

test('with a deployed system it chats as whom the token of the command says', async () => {
  const command = `curl -fsS "http://127.0.0.1:${served.port}/local/token?sub=alice"`;
  const { code, err } = await chat([...deployed(command), '--to', 'bob'], 'one\n');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(lapse.list('d-alice-bob').map(({ content }) => content)).toEqual([{ type: 'text', text: 'one' }]);
});

test.each([
  ['echo no token', 'what the token command prints is no token: it has to print the token alone'],
  ['exit 3', 'the token command ended with 3: run it by itself to see why'],
])('a token command that does %s is said, and what it printed is not', async (command, message) => {
  expect(await chat(deployed(command), '')).toEqual({ code: 1, out: '', err: `chat: ${message}\n` });
});

test('the first time it asks for consent, and takes the answers from the pipe', async () => {
  lapse.consented.delete('alice');
  const input = 'yes\nzz\n2000-01-31\nyes\nkr\n2000-01-31\n/open bob\nhello\n';
  const { code, out } = await chat(['alice', ...port()], input);
  expect(code).toBe(0);
  expect(out).toMatch(/Policy: version 7/);
  expect(out).toMatch(/not offered there/);
  expect(lapse.list('d-alice-bob').map(textOf)).toEqual(['hello']);
});

test('each answer that cannot be one is asked for again, and only that', async () => {
  lapse.consented.delete('alice');
  const input = 'perhaps\nYES\nKorea\nkr\n17.5.1990\n1990-02-31\n1990-05-17\n';
  const { code, out } = await chat(['alice', ...port()], input);
  expect(code).toBe(0);
  expect(out.match(/\?/gu)).toHaveLength(7);
  expect(lapse.frames.filter(({ action }) => action === 'consent')).toEqual([
    expect.objectContaining({ jurisdiction: 'KR', birthDate: '1990-05-17' }),
  ]);
});

test('withdrawing asks first', async () => {
  const { out } = await chat(['alice', ...port()], '/withdraw\nno\n');
  expect(out).toContain('your agreement stands');
  expect(lapse.consented.has('alice')).toBe(true);
  await chat(['alice', ...port()], '/withdraw\nyes\n');
  expect(lapse.consented.has('alice')).toBe(false);
});

test('nothing is read of what is no file, or too large to be sent', async () => {
  const { code, out } = await chat(['alice', '--to', 'bob', ...port()], '/send /dev/zero\n/send .\n');
  expect(code).toBe(1);
  expect(out).toMatch(/\/dev\/zero: that is no file\n\.: that is a folder/);
});

test('without consent it leaves', async () => {
  lapse.consented.delete('alice');
  const { code } = await chat(['alice', ...port()], 'no\n');
  expect(code).toBe(1);
  expect(lapse.consented.has('alice')).toBe(false);
});

test('what others wrote before is shown on opening, made safe, and commands answer', async () => {
  lapse.create('d-alice-bob', ['alice', 'bob']);
  lapse.post('bob', 'd-alice-bob', 'look \u001b[2Jhere');
  const { out } = await chat(['alice', ...port()], '/open #1\n/who\n/group trip: bob, carol\n/list\n/nope\n');
  expect(out).toContain('#1 bob');
  expect(out).toContain('bob: look \ufffd[2Jhere');
  expect(out).toContain('alice, bob');
  expect(out).toContain('— trip —');
  expect(out).toContain('/nope is not a command');
  expect(out).not.toContain('\u001b');
});

test('erasing asks first, and does nothing without a yes', async () => {
  const input = 'one\n/erase message 1\nno\n/erase conversation\nyes\n/erase account\n\n';
  const { code, out } = await chat(['alice', '--to', 'bob', ...port()], input);
  expect(code).toBe(0);
  expect(out).toMatch(
    /no\. 1 goes for everybody[\s\S]*nothing was erased[\s\S]*receipt follows[\s\S]*signed out everywhere[\s\S]*nothing was erased/,
  );
  expect(lapse.frames.filter(({ action }) => action === 'erase')).toEqual([
    expect.objectContaining({ scope: 'conversation', conversationId: 'd-alice-bob' }),
  ]);
});

test('where messages are not stored no file is read, and it is said why', async () => {
  lapse.stored = false;
  const { code, out } = await chat(['alice', '--to', 'bob', ...port()], '/send none.jpg\n');
  expect(code).toBe(1);
  expect(out).toContain('messages are not stored here, and files only with them: text can be sent');
  expect(lapse.frames.filter(({ action }) => action === 'upload')).toEqual([]);
});

test('says what to do where no local system runs', async () => {
  const { port: free } = served;
  await served.close();
  const none = await chat(['alice', '--port', String(free)], '');
  expect(none).toMatchObject({ code: 1, out: '' });
  expect(none.err).toBe(
    `chat: no local system answers on port ${free}: start it with "npm start", or give its port with --port\n`,
  );
  served = await serve(lapse);
});

test('says what to do where something else answers', async () => {
  const other = createServer((_request, response) => response.end('hello, I am a web site'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const otherPort = typeof address === 'object' ? String(address?.port) : '';
  const { code, err } = await chat(['alice', '--port', otherPort], '');
  await new Promise<void>((resolve) => other.close(() => resolve()));
  expect(code).toBe(1);
  expect(err).toBe(
    `chat: what answers on port ${otherPort} is not Lapse: give the port of "npm start" with --port\n`,
  );
});

test('--help explains itself, a mistake is one line', async () => {
  const help = await chat(['--help'], '');
  expect(help.code).toBe(0);
  expect(help.out).toContain('--port');
  const mistake = await chat([], '');
  expect(mistake).toMatchObject({ code: 1, err: 'chat: say who you are: npm run chat -- alice\n' });
});
