import { LapseError } from './lapse-error.ts';

/** API Gateway closes the socket for anything larger, and whoever repeats it would never get through. */
const mostBytes = 32_768;

export function frameOf(fields: object): string {
  const text = JSON.stringify(fields);
  if (new TextEncoder().encode(text).length <= mostBytes) return text;
  throw new LapseError('TOO_LARGE', 'content is larger than the limit', false);
}
