import * as z from 'zod';
import { StartupError } from '../infra/local/process/startup-error.ts';
import { actId } from './act-id.ts';
import type { Command, Given } from './command.ts';
import { receipt, receiptText, report, requested } from './erasure-report.ts';
import { oneConversation } from './one-conversation.ts';
import { optionValue } from './option-value.ts';

const sent = z.object({
  conversationId: z.string(),
  seq: z.number(),
  sentAt: z.number(),
  expiresAt: z.number(),
  stored: z.boolean(),
  duplicate: z.boolean().optional(),
  flagged: z.boolean().optional(),
});

const sending = 'message send --from bot:support --conversation g-… --text "Hello"';

export const messageSend: Command = {
  usage:
    'message send --from bot:NAME --conversation ID (--text TEXT | --content JSON) [--reply-to N] [--mentions ID,ID] [--id ID]',
  purpose:
    'writes as one of your senders, into any room and wherever the sender is a member; the same --id again sends nothing twice',
  functionName: 'admin-message-send',
  options: {
    from: { type: 'string' },
    conversation: { type: 'string' },
    text: { type: 'string' },
    content: { type: 'string' },
    'reply-to': { type: 'string' },
    mentions: { type: 'string' },
    id: { type: 'string' },
  },
  input(given) {
    if (given.ids.length > 0) throw new StartupError(`message send takes no id: ${sending}`);
    const { 'reply-to': replyTo, mentions } = given.options;
    return {
      from: optionValue(given, 'from', sending),
      conversationId: optionValue(given, 'conversation', sending),
      content: contentOf(given),
      ...(replyTo !== undefined && { replyTo: Number(replyTo) }),
      ...(typeof mentions === 'string' && { mentions: mentions.split(',') }),
      id: actId(given),
    };
  },
  text(result) {
    const { conversationId, seq, expiresAt, stored, duplicate, flagged } = sent.parse(result);
    const end = stored ? `until ${new Date(expiresAt * 1000).toISOString()}` : 'not stored';
    const notes = [
      ...(duplicate === true ? ['sent before'] : []),
      ...(flagged === true ? ['looks like sensitive data'] : []),
    ];
    return [`${conversationId} ${seq}: ${end}`, ...notes].join('; ');
  },
};

function contentOf({ options: { text, content } }: Given): unknown {
  if (typeof text === 'string' && content === undefined) return { type: 'text', text };
  if (typeof content !== 'string' || text !== undefined)
    throw new StartupError(`either --text or --content: ${sending}`);
  try {
    return JSON.parse(content);
  } catch {
    throw new StartupError('--content: JSON such as {"type": "text", "text": "Hello"}');
  }
}

const erasing = 'message erase g-… --seq 12';

export const messageErase: Command = {
  usage: 'message erase CONVERSATION --seq N [--no-wait]',
  purpose: 'takes a message away from everybody, whoever wrote it, and shows the receipt',
  functionName: 'admin-message-erase',
  options: { seq: { type: 'string' }, 'no-wait': { type: 'boolean' } },
  input: (given) => ({
    conversationId: oneConversation(given, erasing),
    seq: Number(optionValue(given, 'seq', erasing)),
  }),
  follow(result, { options }) {
    if (options['no-wait'] === true) return undefined;
    const { userId, requestId } = requested.parse(result);
    return {
      functionName: 'admin-user-receipts',
      input: { userId },
      end: (answer) => report.parse(answer).receipts.find((each) => each.requestId === requestId),
    };
  },
  text(result) {
    const over = receipt.safeParse(result);
    if (over.success) return receiptText(over.data);
    const { userId, requestId, state } = requested.parse(result);
    return `${userId} wrote it: ${state} (request ${requestId}); user receipts ${userId} shows the receipt`;
  },
};
