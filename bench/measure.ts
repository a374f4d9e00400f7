import type { LocalSystem } from '../infra/local/system/local-system.ts';
import { joinAs } from './bench-device.ts';
import { quantile } from './quantile.ts';
import { relayRoundTrips } from './ws-relay.ts';

/** Enough for a p99 that is more than one sample. */
const sends = 300;
const reads = 50;
const burst = 100;

type Action = () => Promise<unknown>;

/** Prints a row for each thing people wait for, next to what a bare relay takes on the same machine at the same time. */
export async function measure(system: LocalSystem, print: (line?: string) => void): Promise<void> {
  const [alice, bob] = await Promise.all([joinAs(system, 'alice'), joinAs(system, 'bob')]);
  const { conversationId } = await alice.call('open', { kind: 'direct', members: ['bob'] });
  const send = (text: string) => alice.call('send', { conversationId, content: { type: 'text', text } });
  const text = 'x'.repeat(256);
  const pushed = async (): Promise<unknown> => {
    return Promise.all([bob.nextPush(), send(text)]);
  };
  await timed(20, pushed);

  const baseline = await relayRoundTrips(sends);
  const row = (name: string, times: readonly number[]) => print(rowOf(name, times, baseline));
  print();
  print(`${''.padEnd(44)} ${'p50 ms'.padStart(9)} ${'p99 ms'.padStart(9)} ${'p50 ratio'.padStart(9)}`);
  row('baseline: a bare ws relay, one frame', baseline);
  row('ping → ack', await timed(sends, () => alice.call('ping')));
  row('send → ack, 1:1, 256 B', await timed(sends, () => send(text)));
  row('send → ack and push, 1:1, 256 B', await timed(sends, pushed));
  row('history of 100', await timed(reads, () => alice.call('history', { conversationId, limit: 100 })));
  row('hello', await timed(reads, () => alice.call('hello')));
  const atOnce = () => Promise.all(Array.from({ length: burst }, () => send('burst')));
  const together = await timed(1, atOnce);
  row(
    `${burst} sends at once, of which each`,
    together.map((ms) => ms / burst),
  );
  for (const device of [alice, bob]) device.close();
}

async function timed(count: number, action: Action): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now();
    await action();
    times.push(performance.now() - startedAt);
  }
  return times;
}

function rowOf(name: string, times: readonly number[], baseline: readonly number[]): string {
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  const ratio = (p50 / quantile(baseline, 0.5)).toFixed(0);
  return `${name.padEnd(44)} ${p50.toFixed(2).padStart(9)} ${p99.toFixed(2).padStart(9)} ${`${ratio} x`.padStart(9)}`;
}
