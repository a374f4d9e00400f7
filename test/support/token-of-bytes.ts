import { randomBytes } from 'node:crypto';
import type { Issuer } from '../../infra/local/issuer/issuer.ts';

const groupBytes = 24;

/** A token at least as long, which is so because its user is in many groups. */
export async function tokenOfBytes(
  { token }: Pick<Issuer, 'token'>,
  userId: string,
  bytes: number,
): Promise<string> {
  const groups: string[] = [];
  for (;;) {
    const made = await token(userId, 60, { 'cognito:groups': groups });
    if (made.length >= bytes) return made;
    const missing = Math.ceil((bytes - made.length) / (groupBytes * 2));
    for (let index = 0; index < missing; index += 1) groups.push(randomBytes(groupBytes / 2).toString('hex'));
  }
}
