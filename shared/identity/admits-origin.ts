import { type Headers, header } from './header.ts';

export type OriginRules = {
  /** Empty: every page may connect. */
  readonly allowed: readonly string[];
  /** Whether a handshake without `Origin` may: browsers always send one, other programs rarely. */
  readonly nativeClients: boolean;
};

/** Keeps other sites' pages from opening a socket in the name of their visitors; RFC 6455, 10.2. */
export function admitsOrigin({ allowed, nativeClients }: OriginRules, headers: Headers): boolean {
  const origin = header(headers, 'origin');
  if (origin === undefined || origin === '') return nativeClients;
  return allowed.length === 0 || allowed.includes(origin);
}
