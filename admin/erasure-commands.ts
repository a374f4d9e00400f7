import * as z from 'zod';
import { StartupError } from '../infra/local/startup-error.ts';
import type { Command, Given } from './command.ts';
import { plural, table } from './words.ts';

const target = z.object({
  scope: z.string(),
  conversationId: z.string().optional(),
  seq: z.number().optional(),
});
const requested = z.object({ userId: z.string(), requestId: z.string(), state: z.string() });
const receipt = target.extend({
  requestId: z.string(),
  state: z.string(),
  requestedBy: z.string(),
  requestedAt: z.string(),
  finishedAt: z.string(),
  stores: z.array(
    z.object({
      store: z.string(),
      outcome: z.string(),
      deleted: z.number(),
      found: z.number(),
      held: z.number(),
      until: z.string().optional(),
    }),
  ),
});
const report = z.object({
  userId: z.string(),
  open: z.array(target.extend({ requestId: z.string(), state: z.string(), requestedAt: z.string() })),
  receipts: z.array(receipt),
});

type Receipt = z.infer<typeof receipt>;

function what({ scope, conversationId, seq }: z.infer<typeof target>): string {
  return [scope, conversationId, seq === undefined ? undefined : `no. ${seq}`].filter(Boolean).join(' ');
}

function line({ store, outcome, deleted, found, held, until }: Receipt['stores'][number]): readonly string[] {
  if (outcome === 'not concerned') return [store, outcome, '', ''];
  if (until !== undefined) return [store, outcome, '', `gone by ${until} at the latest`];
  const left = held > 0 ? `${plural(held, 'item')} kept by a legal hold` : `looked again, found ${found}`;
  return [store, outcome, `deleted ${deleted}`, left];
}

function receiptText(each: Receipt): string {
  const heading = `${what(each)}: ${each.state}, ${each.finishedAt} (request ${each.requestId}, by the ${each.requestedBy})`;
  return `${heading}\n${table(each.stores.map(line))}`;
}

const example = 'user erase alice [--scope conversation --conversation d-…]';

function targetOf({ options }: Given): object {
  const { scope = 'account', conversation: conversationId, seq } = options;
  const needed = {
    account: [],
    profile: [],
    conversation: ['conversation'],
    message: ['conversation', 'seq'],
  };
  const names: readonly string[] | undefined = Object.entries(needed).find(([name]) => name === scope)?.[1];
  if (names === undefined) throw new StartupError(`--scope is one of ${Object.keys(needed).join(', ')}`);
  for (const name of ['conversation', 'seq']) {
    const isGiven = options[name] !== undefined;
    if (isGiven === names.includes(name)) continue;
    throw new StartupError(`--scope ${String(scope)} takes ${isGiven ? 'no' : 'a'} --${name}: ${example}`);
  }
  if (seq !== undefined && !/^[1-9]\d{0,14}$/.test(String(seq)))
    throw new StartupError(`--seq is a number from 1: ${example}`);
  return {
    scope,
    ...(conversationId !== undefined && { conversationId }),
    ...(seq !== undefined && { seq: Number(seq) }),
  };
}

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
  input: (given) => ({ userId: oneUser(given, example), target: targetOf(given) }),
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

function oneUser({ ids: [id, ...others] }: Given, how: string): string {
  if (id === undefined || others.length > 0) throw new StartupError(`name one user: ${how}`);
  return id;
}
