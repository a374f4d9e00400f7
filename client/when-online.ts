import type { LapseClient } from './lapse-client.ts';
import { notConnected } from './lapse-error.ts';

/** Resolves once the client is online; rejects where waiting is in vain: closed, or consent is needed first. */
export function whenOnline({ on, state }: Pick<LapseClient, 'on' | 'state'>): Promise<void> {
  return new Promise((resolve, reject) => {
    const settled = (name: ReturnType<typeof state>['name']): boolean => {
      if (name === 'connecting' || name === 'reconnecting') return false;
      if (name === 'online') resolve();
      else reject(notConnected());
      return true;
    };
    if (settled(state().name)) return;
    const off = on('state', ({ name }) => {
      if (settled(name)) off();
    });
  });
}
