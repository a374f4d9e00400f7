import type { Meddler } from '../aws/meddler.ts';
import type { FunctionPool } from '../functions/function-pool.ts';
import type { Gateway, GatewayOptions } from '../gateway/gateway.ts';
import type { Issuer } from '../issuer/issuer.ts';
import type { LocalCredentials } from '../model/local-identity.ts';
import type { Invoke } from '../model/model.ts';
import type { Schedules } from '../schedules/run-schedules.ts';

export type LocalSystemOptions = {
  /** Where the WebSocket API listens; the Invoke API takes the next one. 0: free ports for both. */
  readonly port: number;
  /** Whether pages of any origin on this machine get tokens. */
  readonly localToken?: boolean | undefined;
  /** A synthesized cloud assembly; without it the CDK app is synthesized. */
  readonly assemblyFolder?: string | undefined;
  /** An operator configuration to synthesize with. */
  readonly configFile?: string | undefined;
  /** Gives up a synthesis that is under way. */
  readonly signal?: AbortSignal | undefined;
  /** Keeps everything in this folder across restarts; in memory without it. */
  readonly dataDir?: string | undefined;
  /** A DynamoDB that somebody else runs. */
  readonly dynamodbEndpoint?: string | undefined;
  /** False leaves expired items where they are, as DynamoDB may for days. */
  readonly ttlSweep?: boolean | undefined;
  /** Functions that are no part of the system, by the name under which it calls them: the file that exports `handler`. */
  readonly ownFunctions?: Readonly<Record<string, string>> | undefined;
  readonly maxInstances?: number | undefined;
  /** Fires due schedules by themselves; without it only `schedules.fire` does. */
  readonly runSchedules?: boolean | undefined;
  readonly onProgress?: ((line: string) => void) | undefined;
  /** What the functions write to their logs. */
  readonly onLog?: ((functionName: string, line: string) => void) | undefined;
  /** Trouble in the background: a failed poll, a scheduled function that failed. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Fault switches of the tables, for tests. */
  readonly tables?: Meddler | undefined;
  /** Limits, clocks and fault switches of the gateway, for tests. */
  readonly gateway?: Omit<Partial<GatewayOptions>, 'api' | 'invoke' | 'port' | 'onRequest'> | undefined;
};

export type LocalSystem = {
  /** Where clients connect, e.g. `ws://127.0.0.1:8787/v1`. */
  readonly url: string;
  readonly origin: string;
  readonly invokeUrl: string;
  /** The reference web chat. */
  readonly webUrl: string;
  readonly dynamodbEndpoint: string;
  /** Checks signatures as S3 does. */
  readonly objectStoreEndpoint: string;
  readonly queueEndpoint: string;
  readonly region: string;
  readonly credentials: LocalCredentials;
  /** Physical names by the variable under which the functions know them, e.g. `CONSENT_TABLE`. */
  readonly tableNames: Readonly<Record<string, string>>;
  readonly bucketNames: readonly string[];
  readonly queueNames: readonly string[];
  readonly gateway: Gateway;
  readonly pool: FunctionPool;
  readonly schedules: Schedules;
  readonly invoke: Invoke;
  /** A token for this user that ends in so many minutes (60). */
  readonly token: Issuer['token'];
  /** Deletes what has expired now; returns how many items went. */
  sweepExpired(): Promise<number>;
  close(): Promise<void>;
};
