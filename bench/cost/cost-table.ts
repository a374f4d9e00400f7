import { billOf, naiveBillOf, sumOf } from './bill.ts';
import { earlier, today } from './measured.ts';
import { peers, prices } from './prices.ts';
import { sentInMonth, type Usage } from './usage.ts';

type Row = readonly [name: string, ...cells: string[]];

/** Markdown: the bill of each, what it is to an earlier build, to the naive design and to list prices of others. */
export function costTable(usages: readonly Usage[]): string {
  const bills = usages.map((usage) => billOf(usage, today));
  const components = Object.keys(bills[0] ?? {});
  const sums = bills.map(sumOf);
  const before = usages.map((usage) => sumOf(billOf(usage, earlier)));
  const rows: readonly Row[] = [
    ['USD a month', ...usages.map(({ users }) => `${users.toLocaleString('en')} daily users`)],
    ['---', ...usages.map(() => '---:')],
    ...components.map((name): Row => [name, ...bills.map((bill) => usd(bill[name] ?? 0))]),
    ['**Lapse**', ...sums.map((sum) => `**${usd(sum)}**`)],
    ['for 1,000 messages', ...usages.map((usage, at) => per(sums[at], sentInMonth(usage) / 1000))],
    ['Lapse at ac1fe12', ...before.map(usd)],
    ['ratio', ...sums.map((sum, at) => (sum / (before[at] ?? 1)).toFixed(2))],
    ['the naive design', ...usages.map((usage) => usd(sumOf(naiveBillOf(usage))))],
    ...peers.map(
      (peer): Row => [
        `${peer.name} (${peer.source})`,
        ...usages.map(({ users }) => (users <= peer.upTo ? usd(peer.usd) : 'not published')),
      ],
    ),
  ];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

export const assumptions = (usage: Usage): string =>
  [
    `One user on one day: ${usage.messages} messages to one other person, ${usage.minutes} minutes connected in ${usage.connects} sessions,`,
    `${usage.receipts} receipts and ${usage.typing} typing frames for each message; ${usage.online * 100} % of receivers are online; kept for ${usage.retentionDays} days.`,
    `List prices of ${prices.region}, read on ${prices.readOn}. Without media, taxes and support.`,
  ].join('\n');

const usd = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);

const per = (sum = 0, thousands: number): string => (thousands === 0 ? '–' : (sum / thousands).toFixed(4));
