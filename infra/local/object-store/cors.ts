import type { IncomingHttpHeaders } from 'node:http';
import type { CorsRule } from '../model/system-model.ts';

type Headers = Readonly<Record<string, string>>;

/** As S3 does: at most one `*`, which stands for any text. */
const matches = (patterns: readonly string[], value: string): boolean =>
  patterns.some((pattern) => {
    const [begin = '', end] = pattern.toLowerCase().split('*');
    const given = value.toLowerCase();
    if (end === undefined) return given === begin;
    return given.length >= begin.length + end.length && given.startsWith(begin) && given.endsWith(end);
  });

const headersOf = ({ allowedOrigins, exposedHeaders }: CorsRule, origin: string): Headers => ({
  'access-control-allow-origin': allowedOrigins.includes('*') ? '*' : origin,
  ...(exposedHeaders.length > 0 && { 'access-control-expose-headers': exposedHeaders.join(', ') }),
  vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
});

const ruleFor = (rules: readonly CorsRule[], origin: string, method: string): CorsRule | undefined =>
  rules.find((rule) => matches(rule.allowedOrigins, origin) && matches(rule.allowedMethods, method));

/** What a browser needs on an answer to let its page read it. */
export function corsHeaders(
  rules: readonly CorsRule[],
  method: string,
  { origin }: IncomingHttpHeaders,
): Headers {
  const rule = origin === undefined ? undefined : ruleFor(rules, origin, method);
  return rule === undefined || origin === undefined ? {} : headersOf(rule, origin);
}

/** The answer to a browser that asks before it sends; undefined when no rule lets it. */
export function preflightHeaders(
  rules: readonly CorsRule[],
  asked: IncomingHttpHeaders,
): Headers | undefined {
  const { origin = '', 'access-control-request-method': method = '' } = asked;
  const wanted = (asked['access-control-request-headers'] ?? '').split(',').map((name) => name.trim());
  const rule = ruleFor(rules, origin, method);
  if (rule === undefined) return undefined;
  if (!wanted.every((name) => name === '' || matches(rule.allowedHeaders, name))) return undefined;
  return {
    ...headersOf(rule, origin),
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    'access-control-allow-headers': wanted.join(', '),
    'access-control-max-age': String(rule.maxAgeSeconds),
  };
}
