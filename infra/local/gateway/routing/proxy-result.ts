import * as z from 'zod';

const proxyResult = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullish(),
  body: z.string().nullish(),
});

export type ProxyResult = z.output<typeof proxyResult>;

/** `undefined` for what API Gateway calls a malformed Lambda proxy response. */
export function readProxyResult(payload: unknown): ProxyResult | undefined {
  return proxyResult.safeParse(payload).data;
}

export function headerOf({ headers }: ProxyResult, name: string): string | undefined {
  const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name);
  return found === undefined ? undefined : String(found[1]);
}
