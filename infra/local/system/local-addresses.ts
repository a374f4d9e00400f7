import * as z from 'zod';
import { environmentVariables } from '../../../shared/runtime/environment.ts';
import { jwksPath } from '../issuer/issuer-endpoint.ts';
import type { LocalFunction } from '../model/model.ts';
import type { CorsRule, LocalBucket, SystemModel } from '../model/system-model.ts';
import { environmentValue, type Rewrite, rewriteEnvironment } from './rewrite-environment.ts';

const { tokenJwksUri, tokenIssuer, tokenAudience, allowedOrigins } = environmentVariables;

export type Origins = { readonly gateway: string; readonly queues: string };

type Identity = {
  /** First part of the path of the JWKS document. */
  readonly poolId: string;
  readonly issuer: string;
  readonly audience: string;
};

export type AddressedFunctions = {
  readonly functions: readonly LocalFunction[];
  readonly identity: Identity;
};

const serviceRewrites = (model: SystemModel, origins: Origins): readonly Rewrite[] => {
  const api = `${model.api.apiId}.execute-api.${model.region}.${model.urlSuffix}`;
  return [
    { from: `https://${api}`, to: origins.gateway },
    { from: `wss://${api}`, to: origins.gateway.replace('http', 'ws') },
    { from: `https://sqs.${model.region}.${model.urlSuffix}/`, to: `${origins.queues}/` },
    ...model.userPools.map(({ poolId, issuer }) => ({ from: issuer, to: `${origins.gateway}/${poolId}` })),
  ];
};

/**
 * Points the functions at this machine. A user pool of the stack becomes the development issuer; an operator's own
 * issuer keeps its name, and only its keys are taken from here, so that development tokens look like its own.
 */
export function addressFunctions(model: SystemModel, origins: Origins): AddressedFunctions {
  const poolId = model.userPools[0]?.poolId ?? 'local';
  const keysAt = `${origins.gateway}${jwksPath(poolId)}`;
  const functions = rewriteEnvironment(model.functions, serviceRewrites(model, origins)).map((fn) => ({
    ...fn,
    environment: {
      ...fn.environment,
      ...(tokenJwksUri.name in fn.environment && { [tokenJwksUri.name]: keysAt }),
      ...allowingWebChat(fn.environment, origins.gateway),
    },
  }));
  return {
    functions,
    identity: {
      poolId,
      issuer: environmentValue(functions, tokenIssuer.name) ?? `${origins.gateway}/${poolId}`,
      audience: environmentValue(functions, tokenAudience.name) ?? 'lapse',
    },
  };
}

/** The reference web chat is served from here, whatever origins the operator lists. */
const webChatOrigins = (gateway: string) => [gateway, gateway.replace('127.0.0.1', 'localhost')];

const allowingWebChat = (environment: LocalFunction['environment'], gateway: string) => {
  const listed = environment[allowedOrigins.name];
  if (listed === undefined || listed === '[]') return {};
  const given = z.array(z.string()).parse(JSON.parse(listed));
  return { [allowedOrigins.name]: JSON.stringify([...given, ...webChatOrigins(gateway)]) };
};

/** What the web chat puts and gets media with. The template lets nobody where no origins are listed. */
const webChatRule = (allowed: readonly string[]): CorsRule => ({
  allowedOrigins: allowed,
  allowedMethods: ['PUT', 'GET'],
  allowedHeaders: ['content-type', 'if-none-match', 'x-amz-checksum-sha256', 'range'],
  exposedHeaders: [],
  maxAgeSeconds: 3_600,
});

/** With `forLocalApps` also what other pages of this machine do, at whatever port. */
export const admitWebChat = (
  buckets: readonly LocalBucket[],
  gateway: string,
  forLocalApps = false,
): readonly LocalBucket[] => {
  const allowed = [
    ...webChatOrigins(gateway),
    ...(forLocalApps ? ['http://127.0.0.1:*', 'http://localhost:*'] : []),
  ];
  return buckets.map((bucket) => ({ ...bucket, corsRules: [...bucket.corsRules, webChatRule(allowed)] }));
};

export type Endpoints = Readonly<Record<'dynamodb' | 's3' | 'sqs' | 'lambda' | 'eventBridge', string>>;

/** What Lambda sets for every function, and where the AWS SDK finds its services here. */
export const sharedEnvironment = (
  region: string,
  credentials: { accessKeyId: string; secretAccessKey: string },
  endpoints: Endpoints,
) => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_S3: endpoints.s3,
  AWS_ENDPOINT_URL_SQS: endpoints.sqs,
  AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
  AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.eventBridge,
  AWS_EC2_METADATA_DISABLED: 'true',
});

/** Physical names by the variable that carries them, e.g. `CONSENT_TABLE`. */
export const tableNamesOf = (functions: readonly LocalFunction[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    functions.flatMap(({ environment }) =>
      Object.entries(environment).filter(([name]) => name.endsWith('_TABLE')),
    ),
  );
