import type { Handshake } from '../connection/handshake.ts';
import type { RequestContext } from '../events/request-context.ts';

/** False when any configured source is missing or empty: then the answer is 401 and the authorizer is not asked. */
export function identitySourcesPresent(
  sources: readonly string[],
  handshake: Handshake,
  context: RequestContext,
): boolean {
  return sources.every((source) => {
    const value = identityValue(source, handshake, context);
    return value !== undefined && value !== '';
  });
}

function identityValue(source: string, handshake: Handshake, context: RequestContext): string | undefined {
  const [, kind, name = ''] =
    /^(route\.request\.header|route\.request\.querystring|context|stageVariables)\.(.+)$/.exec(source) ?? [];
  switch (kind) {
    case 'route.request.header':
      return find(handshake.headers.single, (key) => key.toLowerCase() === name.toLowerCase());
    case 'route.request.querystring':
      return find(handshake.query?.single ?? {}, (key) => key === name);
    case 'context':
      return find(context, (key) => key === name);
    default:
      return undefined;
  }
}

function find(values: object, matches: (key: string) => boolean): string | undefined {
  const value: unknown = Object.entries(values).find(([key]) => matches(key))?.[1];
  return value === undefined ? undefined : String(value);
}
