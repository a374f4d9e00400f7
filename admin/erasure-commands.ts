import type { Command } from './command.ts';
import { receipt, receiptText, report, requested, what } from './erasure-report.ts';
import { erasureExample, targetOf } from './erasure-target.ts';
import { oneUser } from './one-user.ts';

export const userErase: Command = {
  usage:
    'user erase ID [--scope account|profile|conversation|message] [--conversation ID] [--seq N] [--no-wait]',
  purpose: 'erases the account, or what the scope says, and shows the receipt',
  functionName: 'admin-user-erase',
  options: {
    scope: { type: 'string' },
    conversation: { type: 'string' },
    seq: { type: 'string' },
    'no-wait': { type: 'boolean' },
  },
  input: (given) => ({ userId: oneUser(given, erasureExample), target: targetOf(given) }),
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
    return `${userId}: ${state} (request ${requestId}); user receipts ${userId} shows the receipt`;
  },
};

export const userReceipts: Command = {
  usage: 'user receipts ID',
  purpose: 'the erasures of a user: those under way, and the receipts of the others',
  functionName: 'admin-user-receipts',
  options: {},
  input: (given) => ({ userId: oneUser(given, 'user receipts alice') }),
  text(result) {
    const { userId, open, receipts } = report.parse(result);
    const under = open.map((each) => `${what(each)}: ${each.state}, asked for at ${each.requestedAt}`);
    const lines = [...under, ...receipts.map(receiptText)];
    return lines.length === 0 ? `${userId}: no erasure was asked for` : lines.join('\n');
  },
};
