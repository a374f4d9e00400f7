/** Evaluates the API's routeSelectionExpression for one body; `undefined` when it cannot be evaluated. */
export type RouteSelection = (body: string) => string | undefined;

type Step = string | number;

/** `$request.body.a.b`, `${request.body.a}/${request.body.b}`, `\$default` or plain text. */
export function routeSelection(expression: string): RouteSelection {
  const whole = /^\$request\.body\.(.+)$/.exec(expression)?.[1];
  if (whole !== undefined) {
    const path = steps(whole);
    return (body) => {
      const parsed = parse(body);
      return parsed.ok ? text(lookUp(parsed.value, path)) : undefined;
    };
  }
  const parts = expression.split(/(\$\{[^}]*\})/);
  if (parts.length === 1) {
    if (expression.startsWith('$')) refuse(expression);
    const fixed = expression.replaceAll('\\$', '$');
    return () => fixed;
  }
  const pieces = parts.map((part) => {
    if (!part.startsWith('${')) return part.replaceAll('\\$', '$');
    return steps(/^\$\{request\.body\.(.+)\}$/.exec(part)?.[1] ?? refuse(expression));
  });
  return (body) => {
    const parsed = parse(body);
    if (!parsed.ok) return undefined;
    const value = (piece: string | Step[]): string =>
      typeof piece === 'string' ? piece : (text(lookUp(parsed.value, piece)) ?? '');
    return pieces.map(value).join('');
  };
}

function refuse(expression: string): never {
  throw new Error(
    `routeSelectionExpression ${expression} is not understood: use $request.body.NAME, \${request.body.NAME} or plain text`,
  );
}

function steps(path: string): Step[] {
  const found = path.matchAll(/\[(\d+)\]|\['([^']*)'\]|\.?([^.[\]]+)/g);
  return [...found].map(([, index, quoted, name]) =>
    index === undefined ? (quoted ?? name ?? '') : Number(index),
  );
}

function lookUp(value: unknown, path: readonly Step[]): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = Reflect.get(current, step);
  }
  return current;
}

function text(value: unknown): string | undefined {
  try {
    return written(value);
  } catch (error) {
    // Nested deeper than the stack: no route has such a key.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function written(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return `[${value.map((item) => written(item) ?? 'null').join(', ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function parse(body: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(body) };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false };
    throw error;
  }
}
