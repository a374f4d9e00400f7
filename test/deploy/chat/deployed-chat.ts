import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { WebSocket } from 'ws';
import type { Issuer } from '../../../infra/local/issuer/issuer.ts';
import type { Invoke, LocalApi } from '../../../infra/local/model/model.ts';
import { readApi } from '../../../infra/local/template/read-api.ts';
import type { AwsClients } from '../aws-clients.ts';
import type { DeployedStacks } from '../deployed-stacks.ts';
import type { MiniStack } from '../ministack/start.ts';

/** What a person of this test needs of the deployment. */
export type DeployedChat = {
  readonly api: LocalApi;
  readonly issuer: Issuer;
  readonly invoke: Invoke;
  /** MiniStack's WebSocket API, and its `@connections`. */
  readonly socketUrl: string;
  readonly certificate: string;
  /** Every socket that was opened: MiniStack does not end before they do. */
  readonly sockets: Set<WebSocket>;
};

export function deployedApi(stacks: DeployedStacks, { region, accountId }: MiniStack): LocalApi {
  const resources = stacks.resources.map((resource) => ({
    ...resource,
    ref: resource.physicalId?.split('/').at(-1) ?? '',
  }));
  return readApi(resources, { region, accountId, urlSuffix: 'amazonaws.com', partition: 'aws' });
}

/** MiniStack has the host `<api>.execute-api…` under this path. */
export function executeApiAddress({ endpoint }: MiniStack, { apiId, stage }: LocalApi): string {
  return `${endpoint}/_aws/execute-api/${apiId}/${stage}`;
}

/** Lambda's own Invoke operation. */
export function invokeWith({ lambda }: Pick<AwsClients, 'lambda'>): Invoke {
  return async (FunctionName, event) => {
    const { Payload, FunctionError } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
    );
    const payload = JSON.parse(Payload?.transformToString() || 'null');
    if (FunctionError === undefined) return { ok: true, payload };
    const { errorType = FunctionError, errorMessage = '' } = payload;
    return { ok: false, errorType, errorMessage, timedOut: false };
  };
}
