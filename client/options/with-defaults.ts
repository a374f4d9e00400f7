import type { FrameGuards } from '../../shared/protocol/guard.ts';
import { systemClock } from '../time/clock.ts';
import { newId } from '../wire/new-id.ts';
import type { LapseClientOptions } from './options.ts';

/** What a client is told by its app and by how much of it is loaded. */
export type ClientSettings = Required<LapseClientOptions> & { readonly guards: FrameGuards };

export function withDefaults(options: LapseClientOptions, guards: FrameGuards): ClientSettings {
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
    guards,
  };
}
