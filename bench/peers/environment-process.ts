import { pathToFileURL } from 'node:url';
import type { Answer, Asked } from './environment.ts';

// One execution environment: loads its handler once, then runs events one after the other and times each.

type Handler = (
  event: object,
  context: object,
) => Promise<{ readonly statusCode?: number; readonly body?: string }>;

const context = {
  functionName: 'send',
  awsRequestId: '8f507cfc-1b7e-4f0a-9a53-9a1c3c0d1e2f',
  getRemainingTimeInMillis: () => 10_000,
};
const [file = ''] = process.argv.slice(2);
const begun = performance.now();
const before = process.cpuUsage();
const loaded: { readonly handler: Handler } = await import(pathToFileURL(file).href);
const importMs = performance.now() - begun;
const importCpuMs = cpuSince(before);

function cpuSince(earlier: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(earlier);
  return (user + system) / 1_000;
}

async function run({ events }: Asked): Promise<Answer> {
  const times: number[] = [];
  const bodies: string[] = [];
  const earlier = process.cpuUsage();
  for (const event of events) {
    const start = performance.now();
    const { statusCode, body = '' } = await loaded.handler(event, context);
    times.push(performance.now() - start);
    if (statusCode !== 200 || body.includes('"error"')) throw new Error(`${statusCode} ${body}`);
    bodies.push(body);
  }
  const cpuMs = cpuSince(earlier) / events.length;
  return { times, bodies, cpuMs, peakMb: process.resourceUsage().maxRSS / 1_024 };
}

process.on('message', (asked: Asked) => {
  run(asked).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ failure: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ importMs, importCpuMs, importMb: process.resourceUsage().maxRSS / 1_024 });
