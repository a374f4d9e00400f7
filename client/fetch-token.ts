import { LapseError } from './lapse-error.ts';
import type { LapseClientOptions } from './options.ts';

/** A token, or why there is none: an app's provider may fail in any way. */
export async function fetchToken(
  provider: LapseClientOptions['token'],
  refresh: boolean,
): Promise<string | LapseError> {
  try {
    return await provider({ refresh });
  } catch (cause) {
    return new LapseError('TOKEN_UNAVAILABLE', 'no token could be obtained', true, { cause });
  }
}
