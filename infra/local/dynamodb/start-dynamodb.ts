import { type AwsCall, awsJsonClient } from '../aws/aws-json-client.ts';
import { browserBlockedPlace } from '../network/browser-blocked.ts';
import { startCompanion } from '../process/companion-process.ts';
import { StartupError } from '../process/startup-error.ts';
import { chooseEngine, type EngineCommand } from './engine.ts';

export type DynamoDb = {
  readonly endpoint: string;
  /** Which engine answers. */
  readonly engine: string;
  readonly call: AwsCall;
  close(): Promise<void>;
};

export type DynamoDbOptions = {
  readonly region: string;
  readonly dataDir?: string | undefined;
  /** An engine that somebody else runs: nothing is started or stopped. */
  readonly endpoint?: string | undefined;
};

/** Signed for one region: an engine may keep the tables of each by themselves. */
export const dynamoDbClient = (endpoint: string, region: string): AwsCall =>
  awsJsonClient({ endpoint, region, service: 'dynamodb', targetPrefix: 'DynamoDB_20120810' });

const pollMs = 15;

/** Another program may take the free port first. */
const attempts = 5;

/** A DynamoDB that answers, with tables still to be made. */
export async function startDynamoDb(options: DynamoDbOptions): Promise<DynamoDb> {
  const { region, dataDir, endpoint } = options;
  if (endpoint !== undefined) return connect(endpoint.replace(/\/$/, ''), region);
  for (let attempt = 1; ; attempt += 1) {
    const { host, port } = browserBlockedPlace();
    const engine = chooseEngine({ host, port, dataDir });
    try {
      return await launch(engine, `http://${host}:${port}`, region);
    } catch (error) {
      if (attempt === attempts || !/in use/i.test(String(error))) throw error;
    }
  }
}

async function connect(endpoint: string, region: string): Promise<DynamoDb> {
  if (!/^https?:/.test(URL.parse(endpoint)?.protocol ?? ''))
    throw new StartupError(`--dynamodb-endpoint ${endpoint}: a URL such as http://127.0.0.1:8000`);
  const call = dynamoDbClient(endpoint, region);
  try {
    await call('ListTables', {});
  } catch (error) {
    throw new StartupError(
      `no DynamoDB answers at ${endpoint} (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  return { endpoint, engine: 'the one you named', call, close: async () => undefined };
}

async function launch(
  { name, command, args }: EngineCommand,
  endpoint: string,
  region: string,
): Promise<DynamoDb> {
  const companion = startCompanion(command, args);
  const call = dynamoDbClient(endpoint, region);
  let gone: string | undefined;
  void companion.exited.then((output) => {
    gone = output;
  });
  while (!(await answers(call))) {
    if (gone !== undefined) throw new StartupError(`${name} did not start: ${gone.split('\n')[0]}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return { endpoint, engine: name, call, close: companion.stop };
}

const answers = async (call: AwsCall): Promise<boolean> => {
  try {
    await call('ListTables', {});
    return true;
  } catch {
    return false;
  }
};
