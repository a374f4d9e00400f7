import * as z from 'zod';

/** As `report list` shows it: the conversation and the number of the message. */
export const reportIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}\.[1-9]\d{0,15}$/);
