import * as z from 'zod';
import { StartupError } from '../infra/local/process/startup-error.ts';
import { actId } from './act-id.ts';
import type { Command, Given } from './command.ts';
import { oneConversation } from './one-conversation.ts';
import { idList, optionValue } from './option-value.ts';
import { plural } from './words.ts';

const opened = z.object({
  conversationId: z.string(),
  kind: z.string(),
  members: z.array(z.string()),
  waiting: z.array(z.string()).optional(),
  flagged: z.boolean().optional(),
});

const opening = 'conversation open --by bot:support --kind group --members alice,bob --title Trip';

export const conversationOpen: Command = {
  usage:
    'conversation open --by bot:NAME --kind direct|group|room [--members ID,ID] [--title TEXT] [--retention SECONDS] [--history start|joining] [--after-leaving keep|nothing] [--id ID]',
  purpose:
    'opens one for these people, whatever `reach` says; the sender is in it where --members names it too; who has not agreed yet waits',
  functionName: 'admin-conversation-open',
  options: {
    by: { type: 'string' },
    kind: { type: 'string' },
    members: { type: 'string' },
    title: { type: 'string' },
    retention: { type: 'string' },
    history: { type: 'string' },
    'after-leaving': { type: 'string' },
    id: { type: 'string' },
  },
  input(given) {
    if (given.ids.length > 0) throw new StartupError(`conversation open takes no id: ${opening}`);
    const { title, retention, history, 'after-leaving': afterLeaving } = given.options;
    return {
      by: optionValue(given, 'by', opening),
      kind: optionValue(given, 'kind', opening),
      members: idList(given, 'members') ?? [],
      title,
      ...(retention !== undefined && { retention: Number(retention) }),
      history,
      afterLeaving,
      id: actId(given),
    };
  },
  text(result) {
    const { conversationId, kind, members, waiting = [], flagged } = opened.parse(result);
    const inIt = members.filter((userId) => !waiting.includes(userId));
    return [
      `${conversationId}: ${kind} of ${inIt.join(', ')}`,
      ...(waiting.length > 0 ? [`waits for ${waiting.join(', ')}`] : []),
      ...(flagged === true ? ['the title looks like sensitive data'] : []),
    ].join('\n');
  },
};

const role = z.enum(['owner', 'admin', 'member']);
const page = z.object({
  members: z.array(z.string()),
  roles: z.record(z.string(), role),
  revision: z.number(),
  next: z.string().optional(),
  waiting: z.array(z.string()).optional(),
});
type Page = z.infer<typeof page>;

const changing = 'conversation members g-… --by bot:support --add alice,bob';

export const conversationMembers: Command = {
  usage:
    'conversation members ID --by bot:NAME (--add ID,ID and --remove ID,ID | --role ID=owner|admin|member | --close) [--id ID]',
  purpose: 'changes who is in a group and as what, as its owner could; each change is an event in its order',
  functionName: 'admin-conversation-members',
  options: {
    by: { type: 'string' },
    add: { type: 'string' },
    remove: { type: 'string' },
    role: { type: 'string' },
    close: { type: 'boolean' },
    id: { type: 'string' },
  },
  input(given) {
    const { role: named, close } = given.options;
    return {
      conversationId: oneConversation(given, changing),
      by: optionValue(given, 'by', changing),
      add: idList(given, 'add'),
      remove: idList(given, 'remove'),
      ...(typeof named === 'string' && { role: roleOf(named) }),
      ...(close === true && { close }),
      id: actId(given),
    };
  },
  text: (result) => pageLines(page.parse(result)).join('\n'),
};

function roleOf(given: string): { readonly userId: string; readonly role: string } {
  const at = given.lastIndexOf('=');
  if (at < 1) throw new StartupError('--role: a member and what they are to be, such as alice=admin');
  return { userId: given.slice(0, at), role: given.slice(at + 1) };
}

const shown = page.extend({
  conversationId: z.string(),
  kind: z.string(),
  createdAt: z.number(),
  memberCount: z.number(),
  lastSeq: z.number(),
  closedAt: z.number().optional(),
});

export const conversationShow: Command = {
  usage: 'conversation show ID [--after CURSOR]',
  purpose: 'who is in it and as what, who waits, how many messages it has had; nothing of what was written',
  functionName: 'admin-conversation-show',
  options: { after: { type: 'string' } },
  input(given) {
    const { after } = given.options;
    return {
      conversationId: oneConversation(given, 'conversation show g-…'),
      ...(after !== undefined && { cursor: after }),
    };
  },
  text(result) {
    const { conversationId, kind, createdAt, memberCount, lastSeq, closedAt, ...rest } = shown.parse(result);
    return [
      `${conversationId}: ${kind}, ${plural(memberCount, 'member')}, last number ${lastSeq}`,
      `  opened  ${new Date(createdAt).toISOString()}`,
      ...(closedAt === undefined ? [] : [`  closed  ${new Date(closedAt).toISOString()}`]),
      ...pageLines(rest),
    ].join('\n');
  },
};

function pageLines({ members, roles, next, waiting = [] }: Page): readonly string[] {
  return [
    ...members.map((userId) => `  ${userId}${roles[userId] === undefined ? '' : `  ${roles[userId]}`}`),
    ...waiting.map((userId) => `  ${userId}  waits`),
    ...(next === undefined ? [] : [`more: --after ${next}`]),
  ];
}

const naming = 'conversation title g-… --by bot:support --title Trip';

export const conversationTitle: Command = {
  usage: 'conversation title ID --by bot:NAME (--title TEXT | --none) [--id ID]',
  purpose: 'changes what a group is called, or takes its title away',
  functionName: 'admin-conversation-title',
  options: {
    by: { type: 'string' },
    title: { type: 'string' },
    none: { type: 'boolean' },
    id: { type: 'string' },
  },
  input: (given) => ({
    conversationId: oneConversation(given, naming),
    by: optionValue(given, 'by', naming),
    title: titleOf(given),
    id: actId(given),
  }),
  text(result) {
    const { title, flagged } = z
      .object({ title: z.string().nullable(), flagged: z.boolean().optional() })
      .parse(result);
    const name = title === null ? 'it has no title' : `it is called ${JSON.stringify(title)}`;
    return flagged === true ? `${name}; it looks like sensitive data` : name;
  },
};

function titleOf({ options: { title, none } }: Given): string | null {
  if (none === true && title === undefined) return null;
  if (typeof title !== 'string' || none !== undefined)
    throw new StartupError(`either --title or --none: ${naming}`);
  return title;
}
