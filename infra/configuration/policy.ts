import { createHash } from 'node:crypto';
import * as z from 'zod';
import { section } from './section.ts';

const visible = { error: 'allowed: 1 to 128 letters, digits or any of . _ : + / = -' };
const token = z.string(visible).regex(/^[\w.:+/=-]{1,128}$/, visible);

/** The privacy policy that end users consent to; a new version or digest asks each of them again. */
export const policy = section({
  version: token.default('1'),
  url: z.url({ protocol: /^https$/, error: 'allowed: an https URL' }).optional(),
  digest: token.optional(),
})
  .prefault({})
  .transform(({ version, url, digest }) => ({
    version,
    url: url ?? '',
    digest: digest ?? createHash('sha256').update(version).digest('hex'),
  }));
