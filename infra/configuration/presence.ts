import * as z from 'zod';
import { audiences } from '../../shared/configuration/audiences.ts';
import { section } from './section.ts';

/** Who sees whether somebody is there, of whoever has said nothing of it. */
export const presence = section({
  default: z.enum(audiences, { error: 'allowed: "everyone", "contacts" or "nobody"' }).default('contacts'),
}).prefault({});
