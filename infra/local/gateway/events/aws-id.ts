import { randomBytes } from 'node:crypto';

const shape = /^[A-Za-z0-9_-]{15}=$/;

/** Connection, request and message ids are 11 bytes in the base64url alphabet, padded: 16 characters with one `=`. */
export function newAwsId(): string {
  return `${randomBytes(11).toString('base64url')}=`;
}

export function isAwsId(text: string): boolean {
  return shape.test(text);
}
