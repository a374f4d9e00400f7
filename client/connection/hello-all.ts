import type { Cursors } from '../../shared/protocol/session/frames.ts';
import type { HelloResult } from '../../shared/protocol/session/table.ts';
import type { Request } from '../wire/actions.ts';

/** Says hello and follows `next`, so that the result lists every conversation, and whom one blocks. */
export async function helloAll(request: Request, cursors: Cursors): Promise<HelloResult> {
  const { next: second, blockedNext, ...first } = await request('hello', { cursors });
  const blocked = [...(first.blocked ?? [])];
  for (let after = blockedNext; after !== undefined; ) {
    const page = await request('block', { after });
    blocked.push(...(page.blocked ?? []));
    after = page.next;
  }
  const conversations = [...(first.conversations ?? [])];
  for (let next = second; next !== undefined; ) {
    const page = await request('conversations', { cursor: next });
    conversations.push(...page.conversations);
    next = page.next;
  }
  return {
    ...first,
    ...(first.conversations !== undefined && { conversations }),
    ...(first.blocked !== undefined && { blocked }),
  };
}
