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
  /** Rejects when it could not be closed, also after some attempts. */
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
          if (!isPassing(status)) throw error;
          if (attempt === attempts) return 'failed';
          await pause(attempt, random);
        }
      }
    },

    async close(connectionId) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          await client.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
          return;
        } catch (error) {
          const status = statusOf(error);
          if (error instanceof GoneException || status === 410) return;
          if (!isPassing(status) || attempt === attempts) throw error;
          await pause(attempt, random);
        }
      }
    },
  };
}

/** A busy gateway, a fault of its own, or none that was reached. */
function isPassing(status: number | undefined): boolean {
  return status === undefined || status === 429 || status >= 500;
}

/** The SDK's errors carry the status in `$metadata`; a network fault carries none. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const { $metadata: metadata } = error;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
