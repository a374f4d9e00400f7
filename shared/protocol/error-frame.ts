import { errors, ProtocolError } from './errors.ts';
import type { ErrorFrame } from './table.ts';

export function toErrorFrame(error: unknown, id: string | null): ErrorFrame {
  const { code, details } = error instanceof ProtocolError ? error : new ProtocolError('INTERNAL');
  return { type: 'error', id, error: { code, ...errors[code], ...details } };
}
