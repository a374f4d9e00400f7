import * as z from 'zod';
import { frameId } from '../client-frames.ts';
import { type ErrorCode, errors } from '../errors.ts';

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errors, code);

export const errorFrame = z.strictObject({
  type: z.literal('error'),
  id: frameId.nullable().describe('null where the frame had no valid one'),
  error: z.strictObject({
    code: z.enum(Object.keys(errors).filter(isErrorCode)),
    message: z.string().describe('fixed text'),
    retryable: z.boolean().describe('whether the same frame may succeed later'),
    retryAfterMs: z.number().int().positive().exactOptional().describe('after which it can'),
  }),
});
