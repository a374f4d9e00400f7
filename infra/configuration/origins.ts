import * as z from 'zod';

const allowed = { error: 'allowed: origins as browsers send them, such as "https://chat.example.com"' };
const list = { error: 'allowed: a list of origins such as ["https://chat.example.com"]' };

/** The origins whose pages may open a socket; none listed: every page may. */
export const origins = z
  .array(
    z
      .string(allowed)
      .refine(
        (text) => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text,
        allowed,
      ),
    list,
  )
  .default([]);
