import type { Request } from '../wire/actions.ts';
import { LapseError } from '../wire/lapse-error.ts';
import { type ConnectionStatus, whenOnline } from './when-online.ts';

/** For what does no harm when it is asked twice: what the end of a connection cuts short is asked again on the next one. */
export function retryingRequest(client: ConnectionStatus & { readonly request: Request }): Request {
  return async (action, fields) => {
    for (;;) {
      try {
        return await client.request(action, fields);
      } catch (error) {
        if (!wasCutShort(error)) throw error;
        await whenOnline(client);
      }
    }
  };
}

const wasCutShort = (error: unknown): boolean =>
  error instanceof LapseError && (error.code === 'NOT_CONNECTED' || error.code === 'TIMEOUT');
