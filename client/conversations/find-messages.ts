import type { SearchResult } from '../../shared/protocol/messages/table.ts';
import type { LapseClient } from '../lapse-client.ts';

/** One frame looks through a thousand messages; nobody waits for more than ten. */
const mostFrames = 10;
/** As many as fill a screen. */
const enough = 20;

/** Looks on until there is something to show, all has been looked through, or the person has waited long enough. */
export async function findMessages(
  client: Pick<LapseClient, 'search'>,
  conversationId: string,
  words: string,
  from?: number,
): Promise<SearchResult> {
  const messages: SearchResult['messages'][number][] = [];
  let before = from;
  for (let frames = 0; frames < mostFrames && messages.length < enough; frames += 1) {
    const page = await client.search(conversationId, words, {
      limit: enough - messages.length,
      ...(before !== undefined && { before }),
    });
    messages.push(...page.messages);
    before = page.next;
    if (before === undefined) return { messages };
  }
  return { messages, ...(before !== undefined && { next: before }) };
}
