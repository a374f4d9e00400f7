import { guards } from '../shared/protocol/guards.ts';
import { basicMethods } from './basic-methods.ts';
import { wholeCore } from './client-parts.ts';
import type { Arrangement } from './conversations/conversation-store.ts';
import type { LapseClient } from './lapse-client-type.ts';
import type { LapseClientOptions } from './options/options.ts';
import { withDefaults } from './options/with-defaults.ts';
import { readProfiles } from './people/read-profiles.ts';
import { exportData } from './privacy/export-data.ts';

export type * from './lapse-client-type.ts';

export function lapseClient(given: LapseClientOptions): LapseClient {
  const options = withDefaults(given, guards);
  const core = wholeCore(options);
  const { conversations, events, connection } = core;
  const roster: LapseClient['roster'] = (conversationId, cursor) =>
    core.request('members', { conversationId, ...(cursor !== undefined && { cursor }) });

  function arranged(conversationId: string, changes: Arrangement): void {
    conversations.arrange(conversationId, changes);
    events.emit('conversations', conversations.summaries());
  }

  return {
    ...basicMethods(core, options),
    exportData: () => exportData({ on: events.on, state: connection.state, request: connection.request }),
    roster,
    async retitle(conversationId, title) {
      const result = await core.request('title', { conversationId, title });
      const seq = conversations.summary(conversationId)?.lastSeq ?? 0;
      conversations.retitle({ conversationId, seq, title: result.title });
      events.emit('conversations', conversations.summaries());
      return result;
    },
    async forward({ conversationId: from, seq }, conversationId, id = options.newId()) {
      return core.outbox.add({ id, conversationId, content: { type: 'forward', conversationId: from, seq } });
    },
    quoted: core.quotes.find,
    search: (conversationId, text, page = {}) => core.request('search', { conversationId, text, ...page }),
    receipts: core.receiptsOf,
    devices: async (end) => (await core.request('devices', end === undefined ? {} : { end })).devices,
    watch: core.rooms.watch,
    unwatch: core.rooms.unwatch,
    live: core.rooms.live,
    profiles: (userIds) => readProfiles(core.request, userIds),
    setProfile: (changes) => core.request('profile', { set: changes }),
    settings: (changes = {}) => core.request('settings', changes),
    async mute(conversationId, until) {
      // The server's time may lie between two milliseconds of this clock.
      const muted = Math.round(until);
      await core.request('mute', { conversationId, until: muted });
      arranged(conversationId, { muted });
    },
    async arrange(conversationId, changes) {
      await core.request('arrange', { conversationId, ...changes });
      arranged(conversationId, changes);
    },
    registerPush: async ({ device, platform, token }) =>
      (await core.request('pushToken', { device, platform, token })).devices,
    unregisterPush: async (device) => (await core.request('pushToken', { device, token: null })).devices,
    watchPresence: core.presences.watch,
    presenceOf: core.presences.of,
    react: core.reactions.give,
    pin: core.pins.set,
    pinned: core.pins.list,
    async report(conversationId, seq, reason) {
      await core.request('report', { conversationId, seq, reason });
    },
  };
}
