import {
  type ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';

/** `gone` is final only for a connection that was open before; `failed` may be tried again. */
export type PushOutcome = 'sent' | 'gone' | 'failed';

export type ConnectionGateway = {
  push(connectionId: string, data: Uint8Array): Promise<PushOutcome>;
  close(connectionId: string): Promise<void>;
};

const attempts = 3;

/** Full jitter up to 50, then 200 ms: what a busy gateway needs, and no more than a waiting sender bears. */
async function pause(attempt: number, random: () => number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, random() * 50 * 4 ** (attempt - 1)));
}

export function connectionGateway(
  client: ApiGatewayManagementApiClient,
  random = Math.random,
): ConnectionGateway {
  return {
    async push(connectionId, data) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: data }));
          return 'sent';
        } catch (error) {
          const status = statusOf(error);
          if (error instanceof GoneException || status === 410 || status === 400) return 'gone';
          if (status !== undefined && status !== 429 && status < 500) throw error;
          if (attempt === attempts) return 'failed';
          await pause(attempt, random);
        }
      }
    },

    async close(connectionId) {
      try {
        await client.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
      } catch (error) {
        if (!(error instanceof GoneException) && statusOf(error) !== 410) throw error;
      }
    },
  };
}

/** The SDK's errors carry the status in `$metadata`; a network fault carries none. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const { $metadata: metadata } = error;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
