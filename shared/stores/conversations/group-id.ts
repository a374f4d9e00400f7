import { createHmac } from 'node:crypto';

/** The same for the same frame of the same person, and only for who has the deployment's secret. */
export function groupId(secret: Uint8Array, userId: string, frame: object): string {
  return `g-${markOf(secret, userId, frame)}`;
}

/** Of a group or room, behind what says which of the two it is. */
export function markOf(secret: Uint8Array, userId: string, frame: object): string {
  const asked = JSON.stringify([
    userId,
    Object.entries(frame).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  ]);
  return createHmac('sha256', secret).update(asked).digest('base64url').slice(0, 32);
}
