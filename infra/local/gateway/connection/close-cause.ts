import type { CloseCause } from './connection.ts';

const reasons = new Map([
  [1000, 'Connection Closed Normally'],
  [1001, 'Going away'],
  [1005, 'Client-side close frame status not set'],
  [1006, 'Connection closed abnormally'],
]);

export function clientCloseCause(code: number, reason: string): CloseCause {
  return { code, reason: reason === '' ? (reasons.get(code) ?? '') : reason };
}

/** `ws` has sent the close frame already, but reports 1006 for what it found wrong itself. */
export function protocolErrorCause(error: Error): CloseCause | undefined {
  const code = 'code' in error ? String(error.code) : '';
  if (!code.startsWith('WS_ERR_')) return undefined;
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return { code: 1009, reason: 'Message too big' };
  if (code === 'WS_ERR_INVALID_UTF8') return { code: 1007, reason: 'Invalid payload data' };
  return { code: 1002, reason: 'Protocol error' };
}
