import * as z from 'zod';
import { StartupError } from '../infra/local/process/startup-error.ts';
import type { Command } from './command.ts';
import { oneUser } from './one-user.ts';
import { plural } from './words.ts';

const answer = z.object({
  userId: z.string(),
  requestId: z.string(),
  state: z.enum(['accepted', 'ready']),
  url: z.string().optional(),
  expiresAt: z.number().optional(),
  parts: z.number().optional(),
});

const example = 'user export alice';

export const userExport: Command = {
  usage: 'user export ID [--part 2]',
  purpose: 'writes a zip of everything held about the user, and shows where it can be fetched',
  functionName: 'admin-user-export',
  options: { part: { type: 'string' } },
  input: (given) => {
    const userId = oneUser(given, example);
    const { part } = given.options;
    if (part === undefined) return { userId };
    if (typeof part === 'string' && /^[1-9]\d{0,3}$/.test(part)) return { userId, part: Number(part) };
    throw new StartupError(`--part is a number from 1: ${example} --part 2`);
  },
  follow(result, given) {
    if (answer.parse(result).state === 'ready') return undefined;
    return {
      functionName: 'admin-user-export',
      input: userExport.input(given),
      end: (next) => (answer.parse(next).state === 'ready' ? next : undefined),
    };
  },
  text: (result) => {
    const { userId, requestId, url, expiresAt, parts = 1 } = answer.parse(result);
    if (url === undefined || expiresAt === undefined)
      return `${userId}: export ${requestId} is being written`;
    const until = new Date(expiresAt * 1000).toISOString();
    const more = parts > 1 ? `, ${plural(parts, 'zip')}: --part shows the others` : '';
    return `${userId}: export ${requestId} is ready${more}\nuntil ${until} at ${url}`;
  },
};
