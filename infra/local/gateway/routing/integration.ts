import type { Invoke, LocalRoute } from '../../model/model.ts';
import { type ProxyResult, readProxyResult } from './proxy-result.ts';

export type IntegrationOutcome =
  | { readonly kind: 'result'; readonly result: ProxyResult }
  | { readonly kind: 'failed'; readonly errorType: string; readonly errorMessage: string }
  | { readonly kind: 'timeout' };

export type Integration = (route: LocalRoute, event: unknown) => Promise<IntegrationOutcome>;

/** Waits no longer than API Gateway would; the function itself runs on. */
export function integration(invoke: Invoke, longestMs: number): Integration {
  return async ({ functionName, timeoutMs = longestMs }, event) => {
    const { promise: timeout, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => resolve(undefined), Math.min(timeoutMs, longestMs));
    const result = await Promise.race([invoke(functionName, event), timeout]);
    clearTimeout(timer);
    if (result === undefined) return { kind: 'timeout' };
    if (!result.ok) return { kind: 'failed', errorType: result.errorType, errorMessage: result.errorMessage };
    const proxied = readProxyResult(result.payload);
    return proxied === undefined
      ? { kind: 'failed', errorType: 'MalformedProxyResponse', errorMessage: 'expected {statusCode, body?}' }
      : { kind: 'result', result: proxied };
  };
}

/** An `invoke` that rejects is a function that failed. */
export function neverRejecting(invoke: Invoke): Invoke {
  return async (functionName, event) => {
    try {
      return await invoke(functionName, event);
    } catch (error) {
      return { ok: false, errorType: 'InvokeFailed', errorMessage: String(error), timedOut: false };
    }
  };
}
