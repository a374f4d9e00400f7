import type { ClientState } from '../../../events/client-state.ts';

/** What the person should know of the connection; nothing while it works, or is only being renewed. */
export function connectionWords(state: ClientState, waiting: number, onLine: boolean): string | undefined {
  const held = waiting === 0 ? '' : ` ${waiting === 1 ? '1 message waits' : `${waiting} messages wait`}.`;
  if (state.name === 'connecting') return `Connecting…${held}`;
  // A browser that knows of no network may still reach this very machine.
  if (!onLine && (state.name === 'reconnecting' || waiting > 0)) return `You are offline.${held}`;
  if (state.name === 'reconnecting' && state.delayMs > 0) return `Connection lost. Reconnecting…${held}`;
  if (state.name === 'refused') return 'Please sign in again.';
  if (state.name === 'closed' && state.reason !== undefined) return 'The server has ended this session.';
  return undefined;
}
