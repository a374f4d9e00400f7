import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { signatureFault } from '../aws/signature-fault.ts';
import { startBus } from '../bus/start-bus.ts';
import { writeCredentials } from '../credentials/credentials-file.ts';
import { startCredentials } from '../credentials/start-credentials.ts';
import { bundledBootstrap } from '../functions/bundled-bootstrap.ts';
import { type FunctionPool, functionPool } from '../functions/function-pool.ts';
import { startInvokeApi } from '../functions/invoke-api.ts';
import { ownFunctions } from '../functions/own-functions.ts';
import { startGateway } from '../gateway/gateway.ts';
import { tokenIssuer } from '../issuer/issuer.ts';
import { issuerEndpoint } from '../issuer/issuer-endpoint.ts';
import { signingKey } from '../issuer/signing-key.ts';
import { freePort } from '../network/free-port.ts';
import { requireFreePorts } from '../network/require-free-ports.ts';
import { type Closing, closing } from '../process/closing.ts';
import { keptAssembly } from '../synthesis/kept-assembly.ts';
import { readSystem } from '../template/read-system.ts';
import { bundlePage } from '../web/bundle-page.ts';
import { pageEndpoint } from '../web/page-endpoint.ts';
import { startBackgroundWork, sweep } from './background-work.ts';
import { dataFolder } from './data-folder.ts';
import { provision, startEngines } from './engines.ts';
import { addressFunctions, admitWebChat, sharedEnvironment, tableNamesOf } from './local-addresses.ts';
import type { LocalSystem, LocalSystemOptions } from './local-system.ts';

/** Runs the synthesized system on this machine. */
export async function startLocalSystem(options: LocalSystemOptions): Promise<LocalSystem> {
  const closers = closing();
  try {
    return await start(options, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function start(options: LocalSystemOptions, closers: Closing): Promise<LocalSystem> {
  const { onProgress = () => undefined, onError = () => undefined } = options;
  if (options.port !== 0) await requireFreePorts([options.port, options.port + 1]);
  const dataDir = options.dataDir === undefined ? undefined : dataFolder(options.dataDir, closers);
  const { dynamodbEndpoint } = options;
  const credentials = startCredentials();
  // The engines start while the app is synthesized, which is given up when one of them does not.
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const [assembly, engines, keys, port, page] = await allOrThrow(
    [
      options.assemblyFolder ?? keptAssembly({ configFile: options.configFile, signal, onProgress }),
      startEngines({ dataDir, dynamodbEndpoint, credentials, meddler: options.tables }, closers),
      Promise.all([signingKey(dataDir), signingKey(dataDir, 'ES256')]),
      options.port === 0 ? freePort() : options.port,
      bundlePage(),
    ],
    () => failed.abort(),
  );
  const model = readSystem(assembly);
  const { region } = model;
  const origin = `http://127.0.0.1:${port}`;
  const services = await provision(
    engines,
    { ...model, buckets: admitWebChat(model.buckets, origin, options.localToken) },
    credentials,
  );
  const { functions, identity } = addressFunctions(model, { gateway: origin, queues: engines.queueEndpoint });
  const names = functions.map((fn) => fn.functionName);
  const others = ownFunctions(options.ownFunctions ?? {}, names);
  // Before the pool: functions invoke one another through it.
  const invokeApi = await startInvokeApi({
    invoke: (functionName, event) => pool.invoke(functionName, event),
    functionNames: names,
    ownNames: others.map((fn) => fn.functionName),
    port: options.port === 0 ? 0 : port + 1,
    credentials,
  });
  closers.add(invokeApi.close);
  const bus = await startBus({ region, credentials, onError });
  closers.add(bus.close);
  if (options.onEvent !== undefined) bus.consume(options.onEvent);
  const endpoints = {
    eventBridge: bus.endpoint,
    dynamodb: engines.tableEndpoint,
    s3: engines.objects.endpoint,
    lambda: invokeApi.url,
    sqs: engines.queueEndpoint,
  };
  onProgress(`starting ${functions.length} functions (DynamoDB: ${engines.dynamodb.engine})`);
  const bundles = dirname(functions[0]?.codePath ?? assembly);
  // An assembly that was not made here has none.
  const bootstrap = join(bundles, bundledBootstrap);
  const pool: FunctionPool = functionPool([...functions, ...others], {
    environment: sharedEnvironment(region, credentials, endpoints),
    ...(options.onLog !== undefined && { onLog: options.onLog }),
    bootstrap: existsSync(bootstrap) ? bootstrap : undefined,
    compiled: join(bundles, '.compiled'),
    ...(options.maxInstances !== undefined && { maxInstances: options.maxInstances }),
  });
  closers.add(pool.close);
  const issuer = tokenIssuer({ ...identity, keys });
  const routes = [
    issuerEndpoint(issuer, identity.poolId, { forLocalApps: options.localToken }),
    pageEndpoint(page, engines.objects.endpoint),
  ];
  const checked = { service: 'execute-api', credentials };
  const gateway = await startGateway({
    signatureCheck: async (request, body) => (await signatureFault(request, body, checked)) === undefined,
    ...options.gateway,
    api: model.api,
    invoke: pool.invoke,
    port,
    onRequest: (request, response) => routes.some((route) => route(request, response)),
  });
  closers.add(gateway.close);
  closers.add(await writeCredentials(port, { credentials, region, invokeUrl: invokeApi.url }));
  const background = {
    onError,
    ttlSweep: options.ttlSweep ?? true,
    runSchedules: options.runSchedules ?? true,
  };
  const work = startBackgroundWork(services, model, pool.invoke, background);
  // Together: a function that is being waited for ends with its process, not with its timeout.
  closers.add(async () => {
    await Promise.all([gateway.close(), work.stop(), pool.close()]);
  });
  return {
    url: gateway.url,
    origin,
    invokeUrl: invokeApi.url,
    webUrl: `${origin}/`,
    dynamodbEndpoint: engines.tableEndpoint,
    objectStoreEndpoint: engines.objects.endpoint,
    queueEndpoint: engines.queueEndpoint,
    region,
    credentials,
    tableNames: tableNamesOf(functions),
    bucketNames: model.buckets.map((bucket) => bucket.bucketName),
    queueNames: model.queues.map((queue) => queue.queueName),
    gateway,
    pool,
    schedules: work.schedules,
    bus,
    invoke: pool.invoke,
    token: issuer.token,
    sweepExpired: () => sweep(services, model),
    close: closers.close,
  };
}

/** `Promise.all` that lets the others finish, so that all can be ended, before it reports the first failure. */
async function allOrThrow<T extends readonly unknown[]>(
  work: readonly [...T],
  onFailure: () => void,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const all = Promise.all(work);
  all.catch(onFailure);
  await Promise.allSettled(work);
  return await all;
}
