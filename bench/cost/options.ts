import { StartupError } from '../../infra/local/process/startup-error.ts';
import { prices } from './prices.ts';
import { type Usage, usual } from './usage.ts';

export const help = {
  text: `npm run cost              what a month costs, by component, beside the naive design and others' list prices

  --users 1000,10000      daily users, one column each (1000,10000,1000000)
  --messages-per-day N    of one user (${usual.messages})
  --minutes-per-day N     connected (${usual.minutes})
  --connects-per-day N    (${usual.connects})
  --receipts N            for each message (${usual.receipts})
  --typing N              frames for each message whose receiver is online (${usual.typing})
  --online N              share of messages whose receiver is connected, 0 to 1 (${usual.online})
  --retention-days N      (${usual.retentionDays})
  --region NAME           ${prices.region}, the one whose prices are known
  --help                  shows this
`,
  options: {
    users: { type: 'string', default: '1000,10000,1000000' },
    'messages-per-day': { type: 'string' },
    'minutes-per-day': { type: 'string' },
    'connects-per-day': { type: 'string' },
    receipts: { type: 'string' },
    typing: { type: 'string' },
    online: { type: 'string' },
    'retention-days': { type: 'string' },
    region: { type: 'string', default: prices.region },
    help: { type: 'boolean', default: false },
  },
} as const;

type Given = { readonly users: string; readonly region: string } & {
  readonly [name in Exclude<keyof typeof help.options, 'users' | 'region' | 'help'>]?: string | undefined;
};

/** A usage for each number of users. */
export function usagesOf(given: Given): readonly Usage[] {
  if (given.region !== prices.region)
    throw new StartupError(`--region: allowed: ${prices.region}, whose prices are known`);
  const one = {
    messages: amount('messages-per-day', given['messages-per-day'], usual.messages, 10_000),
    minutes: amount('minutes-per-day', given['minutes-per-day'], usual.minutes, 24 * 60),
    connects: amount('connects-per-day', given['connects-per-day'], usual.connects, 10_000),
    receipts: amount('receipts', given.receipts, usual.receipts, 1),
    typing: amount('typing', given.typing, usual.typing, 100),
    online: amount('online', given.online, usual.online, 1),
    retentionDays: amount('retention-days', given['retention-days'], usual.retentionDays, 36_500),
  };
  return given.users.split(',').map((users) => {
    const count = amount('users', users, 0, 1e9);
    if (!Number.isInteger(count) || count === 0)
      throw new StartupError(
        '--users: allowed: whole numbers from 1 to 1000000000, with commas between them',
      );
    return { ...one, users: count };
  });
}

function amount(name: string, text: string | undefined, standard: number, most: number): number {
  if (text === undefined) return standard;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= 0 && value <= most) return value;
  throw new StartupError(`--${name}: allowed: a number from 0 to ${most}`);
}
