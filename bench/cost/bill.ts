import type { Act, ActName, Build } from './measured.ts';
import { prices } from './prices.ts';
import { actsInMonth, daysOfMonth, sentInMonth, type Usage } from './usage.ts';

/** USD of a month by component. */
export type Bill = Readonly<Record<string, number>>;

const functionGigabytes = 0.5;
const storedBytes = 520;
const pushedBytes = 700;
const billion = 1e9;

/** What is above the free allowance. */
const beyond = (amount: number, free: number): number => Math.max(0, amount - free);

const ofFrames = (frames: number): number =>
  Math.min(frames, prices.firstFrames) * prices.frame +
  beyond(frames, prices.firstFrames) * prices.furtherFrame;

export function billOf(usage: Usage, build: Build): Bill {
  const counts = actsInMonth(usage, build.historiesPerConnect);
  const total = (of: (act: Act) => number): number =>
    Object.entries(build.acts).reduce((sum, [name, act]) => sum + counts[name as ActName] * of(act), 0);
  const sent = sentInMonth(usage);
  const invocations = total((act) => act.invocations);
  const kept = (sent / daysOfMonth) * usage.retentionDays * storedBytes;
  const pushed = sent * usage.online * pushedBytes;
  return {
    'frames in and out': ofFrames(total((act) => act.frames)),
    'connection minutes': usage.users * usage.minutes * daysOfMonth * prices.connectionMinute,
    'function calls': invocations * prices.invocation,
    'function time': (total((act) => act.milliseconds) / 1000) * functionGigabytes * prices.gigabyteSecond,
    'table writes': total((act) => act.writeUnits) * prices.writeUnit,
    'table reads': total((act) => act.readUnits) * prices.readUnit,
    'deletion of what ends': sent * build.writeUnitsAtItsEnd * prices.writeUnit,
    'table storage': beyond(kept / billion, prices.freeStoredGigabytes) * prices.storedGigabyte,
    logs: beyond((invocations * build.logBytes) / billion, prices.freeLogGigabytes) * prices.logGigabyte,
    'transfer out': beyond(pushed / billion, prices.freeSentGigabytes) * prices.sentGigabyte,
    'queue polls': prices.queuePolls,
    alarms: beyond(build.alarmMetrics, prices.freeAlarmMetrics) * prices.alarmMetric,
    'own metrics': beyond(build.ownMetrics, prices.freeOwnMetrics) * prices.ownMetric,
  };
}

/** A put of the message, a scan of all connections and a post to each of them, and nothing deleted for half a year. */
export function naiveBillOf(usage: Usage): Bill {
  const sent = sentInMonth(usage);
  const connects = usage.users * usage.connects * daysOfMonth;
  const connected = (usage.users * usage.minutes) / (24 * 60);
  const posts = sent * Math.max(2, connected);
  const scannedUnits = Math.max(0.5, (connected * 60) / 8192);
  return {
    'frames in and out': ofFrames(sent + posts),
    'connection minutes': usage.users * usage.minutes * daysOfMonth * prices.connectionMinute,
    'function calls': (sent + 2 * connects) * prices.invocation,
    'function time': (posts / 800) * prices.gigabyteSecond,
    'table writes': (sent + 2 * connects) * prices.writeUnit,
    'table reads': sent * scannedUnits * prices.readUnit,
    'table storage': beyond((sent * 350 * 6) / billion, prices.freeStoredGigabytes) * prices.storedGigabyte,
  };
}

export const sumOf = (bill: Bill): number => Object.values(bill).reduce((sum, usd) => sum + usd, 0);
