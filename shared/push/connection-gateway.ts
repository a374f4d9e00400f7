import type { ConnectionsClient } from './connections-client.ts';

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

export function connectionGateway(client: ConnectionsClient, random = Math.random): ConnectionGateway {
  return {
    async push(connectionId, data) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          await client.post(connectionId, data);
          return 'sent';
        } catch (error) {
          const status = statusOf(error);
          if (status === 410 || status === 400) return 'gone';
          if (!isPassing(status)) throw error;
          // Whoever does not answer in time is not waited for again.
          if (attempt === attempts || isTimeout(error)) return 'failed';
          await pause(attempt, random);
        }
      }
    },

    async close(connectionId) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          await client.delete(connectionId);
          return;
        } catch (error) {
          const status = statusOf(error);
          if (status === 410) return;
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

/** Of what the service answers; a network fault has none. */
function statusOf(error: unknown): number | undefined {
  const { status } = error as { readonly status?: unknown };
  return typeof status === 'number' ? status : undefined;
}

const isTimeout = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ETIMEDOUT';
