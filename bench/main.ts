import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalSystem } from '../infra/local/start.ts';
import { type Device, joinAs } from './bench-device.ts';
import { bundleBytes } from './bundle-bytes.ts';
import { quantile } from './quantile.ts';
import { relayRoundTrips } from './ws-relay.ts';

/** Enough for a p99 that is more than one sample. */
const sends = 300;
const out = (line = '') => process.stdout.write(`${line}\n`);

async function timed(count: number, action: (index: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now();
    await action(index);
    times.push(performance.now() - startedAt);
  }
  return times;
}

function row(name: string, times: readonly number[], baseline: readonly number[]): string {
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  const ratio = (p50 / quantile(baseline, 0.5)).toFixed(0);
  return `${name.padEnd(44)} ${p50.toFixed(2).padStart(9)} ${p99.toFixed(2).padStart(9)} ${`${ratio} x`.padStart(9)}`;
}

async function sendAndDeliver(alice: Device, bob: Device, conversationId: string): Promise<unknown> {
  const delivered = bob.nextPush();
  await alice.call('send', { conversationId, content: { type: 'text', text: 'x'.repeat(256) } });
  return delivered;
}

const folder = await mkdtemp(join(tmpdir(), 'lapse-bench-'));
const configFile = join(folder, 'lapse.config.json');
await writeFile(
  configFile,
  JSON.stringify({
    limits: { messagesPerSecond: 10_000, messagesBurst: 10_000 },
    throttling: { ratePerSecond: 10_000, burst: 10_000 },
  }),
);
out('starting the local system and the baseline …');
const system = await startLocalSystem({ port: 0, configFile, runSchedules: false });
try {
  const [alice, bob] = await Promise.all([joinAs(system, 'alice'), joinAs(system, 'bob')]);
  const { conversationId } = await alice.call('open', { kind: 'direct', members: ['bob'] });
  await timed(20, async () => sendAndDeliver(alice, bob, conversationId));
  const baseline = await relayRoundTrips(sends);
  out();
  out(`${''.padEnd(44)} ${'p50 ms'.padStart(9)} ${'p99 ms'.padStart(9)} ${'p50 ratio'.padStart(9)}`);
  out(row('baseline: a bare ws relay, one frame', baseline, baseline));
  out(row('ping → ack', await timed(sends, async () => alice.call('ping')), baseline));
  out(
    row(
      'send → ack and push, 1:1, 256 B',
      await timed(sends, async () => sendAndDeliver(alice, bob, conversationId)),
      baseline,
    ),
  );
  out(
    row('history of 100', await timed(50, async () => alice.call('history', { conversationId })), baseline),
  );
  out(row('hello', await timed(50, async () => alice.call('hello')), baseline));
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: 100 }, async () =>
      alice.call('send', { conversationId, content: { type: 'text', text: 'burst' } }),
    ),
  );
  out(row('100 sends at once, all acked', [performance.now() - startedAt], baseline));
  out();
  out('bundles, minified bytes');
  for (const [name, bytes] of await bundleBytes(join(import.meta.dirname, '..', 'dist', 'functions'))) {
    out(`${name.padEnd(44)} ${String(bytes).padStart(9)}`);
  }
  for (const device of [alice, bob]) device.close();
} finally {
  await system.close();
  await rm(folder, { recursive: true });
}
