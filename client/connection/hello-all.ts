import type { HelloResult } from '../../shared/protocol/session/table.ts';
import type { Request } from '../wire/actions.ts';

/** Says hello and follows `next`, so that the result lists every conversation. */
export async function helloAll(
  request: Request,
  cursors: Readonly<Record<string, number>>,
): Promise<HelloResult> {
  const { next: second, ...first } = await request('hello', { cursors });
  const conversations = [...(first.conversations ?? [])];
  for (let next = second; next !== undefined; ) {
    const page = await request('conversations', { cursor: next });
    conversations.push(...page.conversations);
    next = page.next;
  }
  return first.conversations === undefined ? first : { ...first, conversations };
}
