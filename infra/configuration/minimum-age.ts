import * as z from 'zod';
import { section } from './section.ts';

const code = 'unknown key; allowed: ISO 3166 codes such as KR or CA-QC';
const age = 'allowed: a whole number of years from 0 to 21';

/** Ages that the operator sets against the built-in table, by jurisdiction. */
export const minimumAge = section({
  overrides: z
    .record(
      z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, { error: code }),
      z.int({ error: age }).min(0, { error: age }).max(21, { error: age }),
      {
        error: (issue) =>
          issue.code === 'invalid_key'
            ? code
            : 'allowed: an object of ages by ISO 3166 code such as {"KR": 14}',
      },
    )
    .default({}),
}).prefault({});
