import type { LapseClientOptions } from '../options/options.ts';
import type { Clock } from '../time/clock.ts';
import { LapseError } from '../wire/lapse-error.ts';

type Provider = Pick<Required<LapseClientOptions>, 'token' | 'timeoutMs'> & { readonly clock: Clock };

/** A token, or why there is none: an app's provider may fail in any way, and never answer at all. */
export async function fetchToken(
  { token, timeoutMs, clock }: Provider,
  refresh: boolean,
): Promise<string | LapseError> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const cancel = clock.after(timeoutMs, () => reject(new Error('no token in time')));
  try {
    return await Promise.race([token({ refresh }), late]);
  } catch (cause) {
    return new LapseError('TOKEN_UNAVAILABLE', 'no token could be obtained', true, { cause });
  } finally {
    cancel();
  }
}
