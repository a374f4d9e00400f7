import type { SensitiveDataPolicy } from '../configuration/sensitive-data.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { Metrics } from '../runtime/metrics.ts';
import { findSensitiveData, type SensitiveDataOptions } from './find-sensitive-data.ts';

export type SensitiveDataGuard = {
  /** Throws SENSITIVE_DATA where it is blocked; true where it is flagged. Counts by kind, and tells nothing else. */
  check(texts: readonly string[]): boolean;
  /** Whether a text may be passed on: false for one that would be blocked. */
  accepts(text: string): boolean;
};

export function sensitiveDataGuard(
  policy: SensitiveDataPolicy,
  options: SensitiveDataOptions,
  metrics: Metrics,
): SensitiveDataGuard {
  return {
    check(texts) {
      if (policy === 'allow') return false;
      const kinds = new Set(texts.flatMap((text) => findSensitiveData(text, options)));
      for (const kind of kinds) metrics.put({ SensitiveData: 1 }, { kind, policy });
      if (policy === 'block' && kinds.size > 0) throw new ProtocolError('SENSITIVE_DATA');
      return kinds.size > 0;
    },
    accepts: (text) => policy !== 'block' || findSensitiveData(text, options).length === 0,
  };
}
