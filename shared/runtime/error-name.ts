/** What may be logged of an error: never its message, which may hold what somebody wrote. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
