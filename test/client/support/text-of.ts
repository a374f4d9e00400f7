import type { MessageBody } from '../../../shared/protocol/messages/table.ts';

/** What a text message says. */
export function textOf({ content }: Pick<MessageBody, 'content'>): string {
  if (content.type !== 'text') throw new Error(`no text but ${content.type}`);
  return content.text;
}
