import { type EpochMillis, type EpochSeconds, epochMillis, epochSeconds } from '../../time.ts';
import type { Mark } from '../conversations/mark.ts';

/** One open WebSocket of a user, as the connection table knows it. */
export type Connection = {
  readonly userId: string;
  readonly connectionId: string;
  readonly connectedAt: EpochMillis;
  readonly expiresAt: EpochSeconds;
  /**
   * The mark of the policy that the user had agreed to when the socket was opened, `-` without consent: such a socket
   * is cut like any other and never pushed to, nor is one of an older policy.
   */
  readonly consentedPolicy: string;
  /** The marks that its user neither shows nor sees; absent: they show and see all. Not of a connection that a large group has found. */
  readonly hides?: readonly Mark[];
};

export function newestFirst(connections: readonly Connection[]): readonly Connection[] {
  return connections.toSorted(
    (one, other) => other.connectedAt - one.connectedAt || (one.connectionId < other.connectionId ? -1 : 1),
  );
}

export const noConsent = '-';

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
export function encodeConnection({
  connectionId,
  connectedAt,
  expiresAt,
  consentedPolicy,
}: Connection): string {
  return [connectionId, connectedAt, expiresAt, consentedPolicy].join(' ');
}

export function decodeConnection(userId: string, element: string): Connection {
  const [connectionId = '', connectedAt, expiresAt, consentedPolicy = noConsent] = element.split(' ');
  return {
    userId,
    connectionId,
    connectedAt: epochMillis(Number(connectedAt)),
    expiresAt: Number(expiresAt) as EpochSeconds,
    consentedPolicy,
  };
}
