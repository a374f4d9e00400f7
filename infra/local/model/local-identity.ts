/** The account that stands in for AWS: the queue server knows no other number. */
export const localAccountId = '000000000000';

/** Used when the assembly names no region of its own. */
export const fallbackRegion = 'us-east-1';

export type LocalCredentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

/** Signs every request on this machine; the services listen on the loopback address only. */
export const localCredentials: LocalCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };
