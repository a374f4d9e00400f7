/** The account that stands in for AWS: the queue server knows no other number. */
export const localAccountId = '000000000000';

/** Used when the assembly names no region of its own. */
export const fallbackRegion = 'us-east-1';

export type LocalCredentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

/** For an engine that looks at no signature: what guards it has a key of its own (start-credentials.ts). */
export const uncheckedCredentials: LocalCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };
