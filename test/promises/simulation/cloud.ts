import type { QueueMessage } from '../../../shared/stores/queue/queue-client.ts';
import { type Command, type ObjectStore, objectStore } from '../aws/object-store.ts';
import { type Queues, queuesOf } from '../aws/queues.ts';
import { type Socket, type Sockets, socketsOf } from '../aws/sockets.ts';
import { type MemoryDynamoDb, memoryDynamoDb } from '../dynamodb/engine.ts';
import type { Item } from '../dynamodb/item.ts';
import type { Model } from '../system/model.ts';
import type { Instance, Program, Surroundings } from '../system/program.ts';
import { callsOf } from './calls.ts';
import type { Faults } from './faults.ts';
import { type Invocation, inInvocation, type Outcome, thisInvocation } from './invocation.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

/** Who looks on. */
export type Witness = {
  onWrite(tableName: string, before: Item | undefined, after: Item | undefined): void;
  onObjectRemoved(bucket: string, key: string): void;
  onLog(line: string): void;
  /** A function calls the database. */
  onCall(by: Invocation, command: Command): void;
};

export type CloudDeps = {
  readonly model: Model;
  readonly program: Program;
  readonly time: Timeline;
  readonly random: Random;
  readonly faults: Faults;
  readonly witness: Witness;
  readonly onClose: (socket: Socket) => void;
};

/** Everything of AWS that the system runs on, in memory, with the functions in it. */
export type Cloud = {
  readonly database: MemoryDynamoDb;
  readonly objects: ObjectStore;
  readonly queues: Queues;
  readonly sockets: Sockets;
  readonly steps: () => number;
  /** The invocation whose call is being carried out. */
  atWork(): Invocation;
  invoke(
    functionName: string,
    event: unknown,
    done?: (outcome: Outcome, invocation: Invocation) => void,
  ): Invocation;
  /** New functions come into being beside the old ones; `end` takes the old ones away. */
  deploy(environment: Readonly<Record<string, string>>): { end(): void };
};

export function cloudOf(deps: CloudDeps): Cloud {
  const { model, program, time, random, faults, witness } = deps;
  const { now } = time;
  let steps = 0;
  let invocations = 0;
  const call = callsOf({ time, random, faults, onStep: () => (steps += 1) });
  const lag = (kind: 'stale read' | 'late index', most: number) => () =>
    faults.happens(kind) ? random.between(0, most) : 0;
  const database = memoryDynamoDb(model.tables, {
    now,
    onWrite: witness.onWrite,
    lags: { table: lag('stale read', 2_000), index: lag('late index', 5_000), longest: 2_000 },
    leftOver: (requests) => (faults.happens('batch cut short') ? 1 + random.below(requests - 1 || 1) : 0),
  });
  const objects = objectStore({ now, random, onRemove: witness.onObjectRemoved });
  const sockets = socketsOf({ faults, onClose: deps.onClose });
  const queues = queuesOf({
    ...{ queues: model.queues, sources: model.queueSources, time, random, faults },
    invoke: (functionName, event, done) => void invoke(functionName, event, done),
  });

  const ofSockets = async (name: string, input: object) =>
    call(name, () => sockets.execute({ constructor: { name }, input }));
  const timeouts = new Map(model.functions.map((each) => [each.functionName, each.timeoutSeconds * 1000]));
  const aws = {
    databaseClient: () => ({
      send: async (command: Command) =>
        call(nameOf(command), () => {
          witness.onCall(thisInvocation(), command);
          return noted(command, database.execute(command));
        }),
    }),
    objectClient: () => ({
      send: async (command: Command) => call(nameOf(command), () => objects.execute(command)),
    }),
    queueClient: () => ({
      sendMessage: async ({ QueueUrl, MessageBody, DelaySeconds }: QueueMessage) =>
        call('SendMessageCommand', () => queues.add(QueueUrl, MessageBody, DelaySeconds)),
    }),
    managementClient: () => ({
      post: async (ConnectionId: string, Data: Uint8Array) =>
        ofSockets('PostToConnectionCommand', { ConnectionId, Data }),
      delete: async (ConnectionId: string) => ofSockets('DeleteConnectionCommand', { ConnectionId }),
    }),
    functionClient: () => ({
      async invoke(functionName: string, payload: string) {
        const outcome = await new Promise<Outcome>((resolve, reject) => {
          call('InvokeCommand', () => invoke(functionName, JSON.parse(payload), resolve)).catch(reject);
        });
        return outcome.ok
          ? { failed: false, payload: JSON.stringify(outcome.result) }
          : { failed: true, payload: '' };
      },
    }),
    tokenVerifier: () => async (token: string) => JSON.parse(Buffer.from(token, 'base64url').toString()),
  };

  const surroundings: Omit<Surroundings, 'environment'> = {
    aws,
    now,
    random,
    setTimeout: (act, millis) => {
      const invocation = thisInvocation();
      return time.after(millis, () => {
        if (!invocation.isOver) inInvocation(invocation, act);
      });
    },
    clearTimeout: time.cancel,
    log: witness.onLog,
    presign: async (_client, command, times) => addressOf(command as Command, times as SignedTimes),
  };

  let deployments: { readonly environment: Readonly<Record<string, string>>; instances: Instance[] }[] = [];

  return { database, objects, queues, sockets, steps: () => steps, atWork: thisInvocation, invoke, deploy };

  function deploy(environment: Readonly<Record<string, string>>) {
    const before = deployments;
    deployments = [...before, { environment, instances: [] }];
    return {
      end() {
        deployments = deployments.filter((each) => !before.includes(each));
      },
    };
  }

  function instance(): Instance {
    const deployment = random.pick(deployments);
    if (deployment === undefined) throw new Error('nothing is deployed');
    const { environment, instances } = deployment;
    if (instances.length === 0 || faults.happens('new environment')) {
      const made = program({ ...surroundings, environment: { ...model.environment, ...environment } });
      deployment.instances = [...instances.slice(-1), made];
      return made;
    }
    return random.pick(instances) ?? instances[0]!;
  }

  function invoke(
    functionName: string,
    event: unknown,
    done: (outcome: Outcome, invocation: Invocation) => void = () => undefined,
  ): Invocation {
    invocations += 1;
    const startedAt = now();
    const timeout = timeouts.get(functionName) ?? 10_000;
    const settle = (outcome: Outcome): void => {
      if (invocation.isOver) return;
      invocation.isOver = true;
      time.cancel(end);
      done(outcome, invocation);
    };
    const invocation: Invocation = {
      ...{
        id: invocations,
        functionName,
        startedAt,
        endsBy: startedAt + timeout,
        isOver: false,
        reads: new Map(),
      },
      kill: (why) => settle({ ok: false, why }),
    };
    const end = time.after(timeout, () => invocation.kill('timeout'));
    const context = {
      awsRequestId: `request-${invocation.id}`,
      getRemainingTimeInMillis: () => invocation.endsBy - now(),
    };
    inInvocation(invocation, () => {
      const handler = instance().handler(functionName);
      void Promise.resolve()
        .then(async () => handler(event, context))
        .then(
          (result) => settle({ ok: true, result }),
          (error: unknown) =>
            settle({ ok: false, why: error instanceof Error ? error.message : String(error) }),
        );
    });
    return invocation;
  }

  /** Which messages the invocation has read, and when it did so first. */
  function noted<Result extends object>(command: Command, result: Result): Result {
    const { reads } = thisInvocation();
    const { Items = [] } = result as { readonly Items?: readonly Item[] };
    if (nameOf(command) !== 'QueryCommand') return result;
    for (const { conversationId, seq } of Items) {
      const key = `${conversationId} ${seq}`;
      if (seq !== undefined && !reads.has(key)) reads.set(key, now());
    }
    return result;
  }
}

const nameOf = ({ constructor: { name } }: Command): string => name;

type SignedTimes = { readonly signingDate: Date; readonly expiresIn: number };

function addressOf(
  { constructor: { name }, input }: Command,
  { signingDate, expiresIn }: SignedTimes,
): string {
  const { Bucket, Key } = input as { readonly Bucket: string; readonly Key: string };
  const from = signingDate.getTime();
  return `https://objects.invalid/?${new URLSearchParams({ name, Bucket, Key, from: `${from}`, until: `${from + expiresIn * 1000}` })}`;
}
