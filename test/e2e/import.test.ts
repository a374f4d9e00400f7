import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { freePort } from '../../infra/local/network/free-port.ts';
import { projectRoot } from '../../infra/local/synthesis/synthesize.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { type Frame, join, type Person, text, wholeHistory } from '../support/chat-person.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { startTestSystem } from '../support/local-system.ts';

/** A file of another system's conversations, brought over by the command, as its people see it then. */
let system: LocalSystem;
let port: number;
let folder: string;
let alice: Person;
let bob: Person;

beforeAll(async () => {
  port = await freePort(2);
  folder = mkdtempSync(pathOf(tmpdir(), 'lapse-import-'));
  system = await startTestSystem({ port });
  [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
});
afterAll(async () => {
  await system?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

function fileOf(lines: readonly object[]): string {
  const file = pathOf(folder, `${lines.length}.jsonl`);
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  return file;
}

const begin = (file: string): ChildProcess & { readonly stdout: NodeJS.ReadableStream } =>
  spawn(process.execPath, ['admin/main.ts', 'import', file, '--port', String(port), '--json'], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  }) as any;

async function importing(file: string): Promise<any> {
  const child = begin(file);
  const [out] = await Promise.all([textOf(child.stdout), once(child, 'close')]);
  return JSON.parse(out);
}

const now = Date.now();
const hour = 3_600_000;

test('killed and begun again, it loses nothing and doubles nothing; everybody reads it in its order, with its times', async () => {
  const count = 1_200;
  const lines = Array.from({ length: count }, (_, index) => ({
    message: {
      ...{ id: `m-${index}`, from: index % 3 === 0 ? 'bob' : 'alice' },
      ...{
        sentAt: now - 2 * hour + index * 1_000,
        text: `${index % 3 === 0 ? 'bob' : 'alice'} wrote ${index}`,
      },
    },
  }));
  const conversation = { id: 'old-1', kind: 'group', members: ['alice', 'bob', 'zoe'], title: 'Old times' };
  const file = fileOf([{ conversation }, ...lines]);
  const killed = begin(file);
  // As soon as something of it is there.
  for (;;) {
    const { conversations } = await alice.call('hello', {});
    if (conversations.some((each: Frame) => each.title === 'Old times' && each.lastSeq > 0)) break;
  }
  killed.kill('SIGKILL');
  await once(killed, 'close');
  const report = await importing(file);
  expect(report).toMatchObject({ lines: count + 1, conversations: 1, refused: {} });
  expect(report.imported + report.repeated).toBe(count);
  expect(report.repeated).toBeGreaterThan(0);
  const { conversations } = await alice.call('hello', {});
  const listed = conversations.find((each: Frame) => each.title === 'Old times');
  expect(listed).toMatchObject({ kind: 'group', lastSeq: count, unread: 0, memberCount: 2 });
  const log = await wholeHistory(bob, listed.conversationId);
  expect(log.map(({ seq, from, sentAt, content }) => ({ seq, from, sentAt, content }))).toEqual(
    lines.map(({ message: { from, sentAt, text: words } }, index) => ({
      ...{ seq: index + 1, from, sentAt },
      content: text(words),
    })),
  );
  expect(await importing(file)).toMatchObject({ imported: 0, repeated: count });
  expect(
    await bob.call('send', { conversationId: listed.conversationId, content: text('new') }),
  ).toMatchObject({
    seq: count + 1,
  });
});

test('what has ended, what is of somebody who has not agreed, and what comes too late is left out and counted', async () => {
  const conversation = { id: 'old-2', kind: 'direct', members: ['alice', 'bob'] };
  const line = (id: string, from: string, sentAt: number, words: string) => ({
    message: { id, from, sentAt, text: words },
  });
  const nobody = { id: 'old-3', kind: 'direct', members: ['yan', 'zoe'] };
  const report = await importing(
    fileOf([
      { conversation },
      line('1', 'alice', now - 8 * 24 * hour, 'a word of last week'),
      line('2', 'bob', now - hour, 'a word that stays'),
      line('3', 'eve', now - hour, 'a word of a stranger'),
      line('4', 'bob', now + hour, 'a word of tomorrow'),
      { conversation: nobody },
      line('5', 'yan', now - hour, 'a word without consent'),
    ]),
  );
  expect(report).toMatchObject({
    imported: 1,
    conversations: 2,
    refused: { ended: 1, author: 2, future: 1 },
  });
  const kept = JSON.stringify(await everythingKept(system));
  expect(kept).toContain('a word that stays');
  for (const words of ['last week', 'a stranger', 'tomorrow', 'without consent'])
    expect([words, kept.includes(words)]).toEqual([words, false]);
  const { conversationId } = await alice.call('open', { kind: 'direct', members: ['bob'] });
  await alice.call('send', { conversationId, content: text('meanwhile') });
  const late = await importing(
    fileOf([{ conversation }, line('6', 'bob', now - hour + 1, 'a word too late')]),
  );
  expect(late).toMatchObject({ imported: 0, refused: { order: 1 } });
  expect((await wholeHistory(bob, conversationId)).map(({ content }) => content)).toEqual([
    text('a word that stays'),
    text('meanwhile'),
  ]);
});

test('what was imported goes with its author', async () => {
  const conversation = { id: 'old-4', kind: 'group', members: ['alice', 'bob'] };
  const lines = Array.from({ length: 60 }, (_, index) => ({
    message: { id: `g-${index}`, from: 'bob', sentAt: now - hour + index, text: 'bob’s own, from before' },
  }));
  await importing(fileOf([{ conversation }, ...lines]));
  const { requestId } = await bob.call('erase', { scope: 'account' });
  await bob.until((pushes) =>
    pushes.some((push) => push.type === 'erasure' && push.requestId === requestId && push.state === 'done'),
  );
  const kept = JSON.stringify(await everythingKept(system));
  expect(kept).not.toContain('from before');
  expect(kept).not.toContain('bob wrote');
  expect(kept).toContain('alice wrote');
});
