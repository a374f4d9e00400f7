import { fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import type { Certificate, Stub } from './stub.ts';

export type Asked = { readonly events: readonly object[] };
export type Answer = {
  readonly times: readonly number[];
  readonly bodies: readonly string[];
  /** Of one event. */
  readonly cpuMs: number;
  readonly peakMb: number;
};
export type Loaded = { readonly importMs: number; readonly importCpuMs: number; readonly importMb: number };

export type ExecutionEnvironment = Loaded & {
  readonly processId: number;
  /** One after the other; rejects when one is not answered with 200. */
  run(events: readonly object[]): Promise<Answer>;
  stop(): void;
};

export type EnvironmentOptions = {
  readonly file: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly stub: Stub;
  readonly certificate: Certificate;
};

const redirect = join(import.meta.dirname, 'redirect-to-stub.cjs');

/** A process with nothing but a function's own variables, and a session token as long as Lambda's. */
export async function startEnvironment(options: EnvironmentOptions): Promise<ExecutionEnvironment> {
  const { file, variables, stub, certificate } = options;
  const child = fork(join(import.meta.dirname, 'environment-process.ts'), [file], {
    execArgv: ['--require', redirect, '--no-warnings'],
    cwd: dirname(file),
    env: {
      TZ: ':UTC',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_SESSION_TOKEN: 'x'.repeat(700),
      NODE_EXTRA_CA_CERTS: certificate.cert,
      BENCH_STUB_PORT: String(stub.port),
      ...variables,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${file} has ended`);
  });
  ended.catch(() => undefined);
  const answer = async (): Promise<unknown> => (await Promise.race([once(child, 'message'), ended]))[0];
  const loaded = (await answer()) as Loaded;
  return {
    ...loaded,
    processId: child.pid ?? 0,
    async run(events) {
      child.send({ events });
      const answered = (await answer()) as Answer | { readonly failure: string };
      if ('failure' in answered) throw new Error(`${file}: ${answered.failure}`);
      return answered;
    },
    stop: () => void child.kill(),
  };
}
