import { randomBytes } from 'node:crypto';
import type { LocalCredentials } from '../model/local-identity.ts';

/** The key of one start: only its functions and who can read its credentials file have it. */
export const startCredentials = (): LocalCredentials => ({
  // An engine that somebody else runs may keep the tables of each key id by themselves: always the same.
  accessKeyId: 'local',
  secretAccessKey: randomBytes(32).toString('base64url'),
});
