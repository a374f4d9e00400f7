import * as z from 'zod';

export const count = z.number().int().min(0);
export const seconds = count.describe('seconds since the epoch');
export const millis = count.describe('milliseconds since the epoch');
export const instant = z.iso.datetime();
export const requestId = z.string();
/** Said by the ack alone: it is done. */
export const noResult = z.strictObject({});

export const push = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), ...shape });
