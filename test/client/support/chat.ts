import type { ClientState } from '../../../client/events/client-state.ts';
import { type LapseClient, lapseClient } from '../../../client/lapse-client.ts';
import type { LapseClientOptions } from '../../../client/options/options.ts';
import { fakeLapse } from './fake-lapse.ts';
import type { FakeLapse } from './fake-lapse-type.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import { memorySocket } from './memory-socket.ts';
import { textOf } from './text-of.ts';

/** Lets everything run that waits for nothing but its turn. */
export const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

export type Chat = {
  readonly lapse: FakeLapse;
  readonly clock: ManualClock;
  readonly conversationId: string;
  readonly states: ClientState[];
  /** Texts of the message events, in order. */
  readonly heard: string[];
  readonly client: LapseClient;
  /** Advances the clock and lets what follows from it happen. */
  pass(ms: number): Promise<void>;
};

/** Alice's client and a conversation with Bob; no network, no time but the test's. */
export function chat(
  options: Partial<LapseClientOptions> = {},
  retentionSeconds = 600,
  clock = manualClock(),
): Chat {
  const lapse = fakeLapse(clock.now, retentionSeconds);
  const conversationId = 'd-alice-bob';
  lapse.create(conversationId, ['alice', 'bob']);
  let tokens = 0;
  let ids = 0;
  const client = lapseClient({
    url: 'ws://fake',
    token: async () => `alice.${++tokens}`,
    WebSocket: memorySocket(lapse),
    clock,
    random: () => 0.5,
    newId: () => `id-${++ids}`,
    ...options,
  });
  const states: ClientState[] = [];
  const heard: string[] = [];
  client.on('state', (state) => states.push(state));
  client.on('message', (message) => heard.push(textOf(message)));
  return {
    lapse,
    clock,
    conversationId,
    states,
    heard,
    client,
    async pass(ms) {
      clock.advance(ms);
      await settle();
    },
  };
}
