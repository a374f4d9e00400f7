import { basicGuards } from './basic-guards.ts';
import { type BasicClient, basicMethods } from './basic-methods.ts';
import { clientCore } from './client-core.ts';
import type { LapseClientOptions } from './options/options.ts';
import { withDefaults } from './options/with-defaults.ts';

/**
 * A client for text and media, a third smaller than the whole one: without reactions, quotes, receipts, presence, rooms, search and
 * what people set. An app that needs one of these takes `lapseClient` in its place and changes nothing else.
 */
export function basicClient(given: LapseClientOptions): BasicClient {
  const options = withDefaults(given, basicGuards);
  return basicMethods(clientCore(options), options);
}
