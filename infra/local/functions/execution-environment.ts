import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { InvocationResult, LocalFunction } from '../model/model.ts';
import { exitResult, failure, timeoutResult } from './invocation-failures.ts';
import type { EnvironmentReply, EnvironmentRequest } from './ipc.ts';
import { lambdaEnvironment } from './lambda-environment.ts';

/** One child process: after `started` resolves it takes one event at a time. */
export type ExecutionEnvironment = {
  readonly pid: number | undefined;
  /** Resolves with `undefined` once the handler is loaded, else with why it could not be. */
  readonly started: Promise<InvocationResult | undefined>;
  readonly exited: Promise<void>;
  /** False once the process is on its way out. */
  usable(): boolean;
  run(event: unknown): Promise<InvocationResult>;
  freeze(): void;
  thaw(): void;
  kill(): void;
};

export type EnvironmentDeps = {
  readonly shared: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  readonly initTimeoutMs: number;
  /** The bootstrap as JavaScript, which starts sooner; the source without it. */
  readonly bootstrap?: string | undefined;
  /** Where V8's code of the bundles is kept, so that the next environment need not compile them. */
  readonly compiled?: string | undefined;
};

const source = fileURLToPath(new URL('./bootstrap.ts', import.meta.url));

export function startEnvironment(fn: LocalFunction, deps: EnvironmentDeps): ExecutionEnvironment {
  const child = fork(deps.bootstrap ?? source, deps.compiled === undefined ? [] : [deps.compiled], {
    execArgv: [],
    cwd: fn.codePath,
    env: lambdaEnvironment(fn, deps.shared, randomUUID()),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'json',
  });
  forwardLines(child, deps.onLine);

  let settle: ((result: InvocationResult) => void) | undefined;
  let requestId = randomUUID();
  const finish = (result: InvocationResult): void => {
    settle?.(result);
    settle = undefined;
  };

  const { promise: started, resolve: start } = Promise.withResolvers<InvocationResult | undefined>();
  const { promise: exited, resolve: exit } = Promise.withResolvers<void>();
  const initTimer = setTimeout(() => child.kill('SIGKILL'), deps.initTimeoutMs);

  const onGone = (result: InvocationResult): void => {
    clearTimeout(initTimer);
    // First, so that nobody hands it another event when the current one fails.
    exit();
    start(result);
    finish(result);
  };
  child.on('error', (error) => onGone(failure('Runtime.ExitError', error.message)));
  child.on('exit', (code, signal) => onGone(exitResult(requestId, code, signal)));
  child.on('message', (reply: EnvironmentReply) => {
    if (reply.kind === 'result') return finish({ ok: true, payload: reply.payload ?? null });
    clearTimeout(initTimer);
    if (reply.kind === 'ready') return start(undefined);
    const result = failure(reply.errorType, reply.errorMessage);
    return reply.requestId === undefined ? start(result) : finish(result);
  });

  const signal = (name: NodeJS.Signals) => (): void => {
    child.kill(name);
  };
  return {
    pid: child.pid,
    started,
    exited,
    usable: () => child.connected,
    async run(event) {
      requestId = randomUUID();
      const { promise, resolve } = Promise.withResolvers<InvocationResult>();
      const timeoutMs = fn.timeoutSeconds * 1000;
      const timer = setTimeout(() => {
        resolve(timeoutResult(requestId, fn.timeoutSeconds));
        child.kill('SIGKILL');
      }, timeoutMs);
      settle = (result) => {
        clearTimeout(timer);
        resolve(result);
      };
      if (!child.connected) finish(exitResult(requestId, child.exitCode, child.signalCode));
      else child.send({ requestId, event, deadline: Date.now() + timeoutMs } satisfies EnvironmentRequest);
      return await promise;
    },
    freeze: signal('SIGSTOP'),
    thaw: signal('SIGCONT'),
    kill: signal('SIGKILL'),
  };
}

function forwardLines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', onLine);
  }
}
