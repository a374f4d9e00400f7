import type { LapseClientOptions } from '../options/options.ts';
import type { Cancel, Clock } from '../time/clock.ts';
import { LapseError } from '../wire/lapse-error.ts';

type Provider = Pick<Required<LapseClientOptions>, 'token' | 'timeoutMs'> & { readonly clock: Clock };

/** A token, or why there is none: an app's provider may fail in any way, and never answer at all. */
export async function fetchToken(
  { token, timeoutMs, clock }: Provider,
  refresh: boolean,
): Promise<string | LapseError> {
  let cancel: Cancel | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    cancel = clock.after(timeoutMs, () => reject(new Error('no token in time')));
  });
  try {
    return await Promise.race([token({ refresh }), late]);
  } catch (cause) {
    return new LapseError('TOKEN_UNAVAILABLE', 'no token could be obtained', true, { cause });
  } finally {
    cancel?.();
  }
}
