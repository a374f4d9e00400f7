import * as crypto from 'node:crypto';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { ZipFile } from './zip-file.ts';

/** What the functions get in place of the world. */
export type Surroundings = {
  readonly aws: object;
  readonly environment: Readonly<Record<string, string>>;
  readonly now: () => number;
  readonly random: () => number;
  readonly setTimeout: (act: () => void, millis: number) => object;
  readonly clearTimeout: (timer: object | undefined) => void;
  readonly log: (line: string) => void;
  readonly presign: (client: object, command: object, times: object) => Promise<string>;
};

export type Handler = (event: unknown, context: object) => Promise<unknown>;

/** One execution environment: what its modules remember is its own. */
export type Instance = { handler(functionName: string): Handler };

/** Compiled once; every call makes an instance. */
export type Program = (surroundings: Surroundings) => Instance;

const require = createRequire(import.meta.url);
const parameters = [
  'aws',
  'process',
  'Date',
  'Math',
  'setTimeout',
  'clearTimeout',
  'AbortSignal',
  'require',
  'module',
];

export function programOf(source: string): Program {
  const run = compileFunction(source, parameters, { filename: 'functions.cjs' });
  return (surroundings) => {
    const { aws, environment: env, now, log } = surroundings;
    const module: { exports: Record<string, () => Handler> } = { exports: {} };
    const process = { env, stdout: { write: (line: string) => log(line) } };
    const { setTimeout: later, clearTimeout: never } = surroundings;
    run(
      ...[aws, process, dateFrom(now), mathFrom(surroundings.random), later, never],
      ...[abortSignal, requiring(surroundings), module],
    );
    const loaded = new Map<string, Handler>();
    return {
      handler(name) {
        const handler = loaded.get(name) ?? module.exports[name]?.();
        if (handler === undefined) throw new Error(`no function ${name}`);
        loaded.set(name, handler);
        return handler;
      },
    };
  };
}

/** No call of an invocation that lives is given up: whoever takes too long is ended as a whole. */
const abortSignal = Object.assign(Object.create(AbortSignal), {
  timeout: () => new AbortController().signal,
});

function dateFrom(now: () => number): DateConstructor {
  return class extends Date {
    constructor(...given: []) {
      super(...((given.length === 0 ? [now()] : given) as []));
    }
    static override now(): number {
      return now();
    }
  } as DateConstructor;
}

const mathFrom = (random: () => number): Math => Object.assign(Object.create(Math), { random });

function requiring({ random, setTimeout: later, clearTimeout, presign }: Surroundings) {
  const bytes = (count: number) =>
    Buffer.from(Array.from({ length: count }, () => Math.floor(random() * 256)));
  const replacements: Readonly<Record<string, object>> = {
    'node:timers': { setTimeout: later, clearTimeout },
    'node:timers/promises': {
      setTimeout: async (millis: number) => new Promise<void>((resolve) => void later(resolve, millis)),
    },
    'node:crypto': { ...crypto, randomBytes: bytes, randomUUID: () => uuidOf(bytes(16)) },
    '@aws-sdk/s3-request-presigner': { getSignedUrl: presign },
    yazl: { ZipFile },
  };
  return (name: string): unknown => replacements[name] ?? require(name);
}

function uuidOf(bytes: Buffer): string {
  const text = bytes.toString('hex');
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    `4${text.slice(13, 16)}`,
    `8${text.slice(17, 20)}`,
    text.slice(20),
  ].join('-');
}
