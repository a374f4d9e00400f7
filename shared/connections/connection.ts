import { type EpochMillis, type EpochSeconds, epochMillis, epochSeconds } from '../time.ts';

/** One open WebSocket of a user, as the connection table knows it. */
export type Connection = {
  readonly userId: string;
  readonly connectionId: string;
  readonly connectedAt: EpochMillis;
  readonly expiresAt: EpochSeconds;
  /** False for a socket opened without consent: it is cut like any other, and never pushed to. */
  readonly consented: boolean;
};

/** API Gateway ends every WebSocket after two hours. */
export const maxConnectionSeconds = 7_200;

export function connectionExpiry(
  connectedAt: number,
  tokenExpiresAt: number,
  graceSeconds: number,
): EpochSeconds {
  const byGateway = epochSeconds(connectedAt) + maxConnectionSeconds;
  return Math.min(byGateway, tokenExpiresAt + graceSeconds) as EpochSeconds;
}

/** The element of the user's string set: `ADD` and `DELETE` of it are atomic and may be repeated. */
export function encodeConnection({ connectionId, connectedAt, expiresAt, consented }: Connection): string {
  return [connectionId, connectedAt, expiresAt, consented ? 1 : 0].join(' ');
}

export function decodeConnection(userId: string, element: string): Connection {
  const [connectionId = '', connectedAt, expiresAt, consented] = element.split(' ');
  return {
    userId,
    connectionId,
    connectedAt: epochMillis(Number(connectedAt)),
    expiresAt: Number(expiresAt) as EpochSeconds,
    consented: consented === '1',
  };
}
