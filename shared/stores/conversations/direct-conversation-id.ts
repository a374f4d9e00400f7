import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';

/** The same for both people, whoever opens it, and only for who has the deployment's secret. */
export function directConversationId(secret: Uint8Array, one: string, other: string): string {
  return idFrom(createHmac('sha256', secret), one, other);
}

/** What it was without a secret, which everybody can work out: conversations that were opened under it keep it. */
export function plainDirectConversationId(one: string, other: string): string {
  return idFrom(createHash('sha256'), one, other);
}

function idFrom(digest: Hash | Hmac, one: string, other: string): string {
  const pair = [one, other].sort().join('\n');
  return `d-${digest.update(pair).digest('base64url').slice(0, 32)}`;
}
