import { systemClock } from '../time/clock.ts';
import { newId } from '../wire/new-id.ts';
import type { LapseClientOptions } from './options.ts';

export function withDefaults(options: LapseClientOptions): Required<LapseClientOptions> {
  return {
    cursors: {},
    WebSocket: globalThis.WebSocket,
    // Browsers insist on being called on their window.
    fetch: (...asked) => globalThis.fetch(...asked),
    clock: systemClock(),
    random: Math.random,
    newId,
    timeoutMs: 30_000,
    reorderMs: 250,
    ...options,
  };
}
