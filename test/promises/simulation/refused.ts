/** What a service answers that is overloaded, once the SDK has tried often enough. */
export function refusedFor(call: string): Error {
  const error = new Error(`${call}: rate exceeded`);
  error.name = 'ThrottlingException';
  return Object.assign(error, { status: 429, $metadata: { httpStatusCode: 429 }, $fault: 'client' });
}
