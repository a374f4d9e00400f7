export type Headers = Readonly<Record<string, string | undefined>>;

/** API Gateway leaves the names of headers in the client's case. */
export function header(headers: Headers, name: string): string | undefined {
  const key = Object.keys(headers).find((each) => each.toLowerCase() === name);
  return key === undefined ? undefined : headers[key];
}
