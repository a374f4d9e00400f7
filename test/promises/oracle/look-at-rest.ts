import type { Item } from '../dynamodb/item.ts';
import type { Cloud } from '../simulation/cloud.ts';
import { textOf } from '../simulation/marker.ts';
import type { Model } from '../system/model.ts';
import { mediaIdIn, type Oracle } from './oracle.ts';
import type { Violations } from './violations.ts';
import { whatIsKept } from './what-is-kept.ts';

export type LookAtRestDeps = {
  readonly model: Model;
  readonly cloud: Cloud;
  readonly oracle: Pick<Oracle, 'byObject'>;
  readonly violations: Violations;
  readonly now: number;
  /** Those who have not agreed again. */
  readonly hasWithdrawn: ReadonlyMap<string, number>;
};

const hour = 3_600_000;
const day = 24 * hour;

/**
 * Messages and their media, profiles and titles, which the sweepers delete within the bound, have ended for longer than that.
 * What was uploaded for a send that came to no message has an hour: that is looked at when all is at rest.
 */
export function lookBeyondBound({
  model,
  cloud,
  oracle,
  violations,
  now,
  hasWithdrawn,
}: LookAtRestDeps): void {
  const uploads = [...cloud.database.items(model.environment['MEDIA_TABLE'] ?? '')];
  const isUnsent = (objectKey: string) =>
    oracle.byObject(objectKey) === undefined &&
    uploads.some(
      ({ mediaId, createdAt }) => mediaIdIn(objectKey) === mediaId && Number(createdAt) > now - hour,
    );
  for (const { where, marker, detail } of whatIsKept(cloud))
    if (
      where === 'table Messages' ||
      where === 'table Profiles' ||
      (where === 'objects media' && !isUnsent(detail))
    )
      violations.add(`left beyond the bound: ${marker.kind} in ${where}`, `${textOf(marker)} ${detail}`);
  // Who comes back without consent may connect, to be asked for it.
  for (const { userId, connectedAt } of cloud.sockets.open())
    if (connectedAt < (hasWithdrawn.get(userId) ?? 0))
      violations.add('a socket left open after a withdrawal', userId);
}

/** Nothing has happened for hours, no hold is in force, all goes well: what there is now stays for ever. */
export function lookAtRest({
  model,
  cloud,
  violations,
  now,
}: Omit<LookAtRestDeps, 'hasWithdrawn' | 'oracle'>): void {
  const { environment } = model;
  for (const { where, marker, detail } of whatIsKept(cloud))
    violations.add(`left long after its end: ${marker.kind} in ${where}`, `${textOf(marker)} ${detail}`);
  // Time to live alone takes them, whether it has come or not: what counts is that it will, and when.
  for (const row of rows('SEND_TABLE'))
    if (endOf(row) > latestEnd(row)) violations.add('an idempotency row that stays', String(row['sendKey']));
  for (const row of rows('MEDIA_TABLE'))
    if (Number(row['createdAt']) < now - hour && row['sweepAt'] !== undefined)
      violations.add('an upload that nobody has looked at', String(row['mediaId']));
  for (const { record, at, state } of rows('PRIVACY_TABLE')) {
    if (record === 'erasures') violations.add('an erasure that does not end', String(at));
    if (record === 'late-looks') violations.add('a second look that does not end', String(at));
    if (record === 'exports') violations.add('an export that does not end', String(at));
    if (record === 'holds' && state === 'releasing')
      violations.add('a release that does not end', String(at));
  }

  function rows(name: string): Iterable<Item> {
    return cloud.database.items(environment[name] ?? '');
  }
}

/** A day after the end of the message, or after the day in which a send may be repeated: every retention here is shorter. */
const latestEnd = ({ claimedAt, endsAt }: Item): number =>
  Math.max(Number(endsAt) * 1000, (Number(claimedAt) || 0) + day) + day;

const endOf = ({ expiresAt }: Item): number => (typeof expiresAt === 'number' ? expiresAt * 1000 : Infinity);
