/** The function's own name in whatever the Invoke API takes: name, `name:qualifier`, partial or full ARN. */
export function functionReference(reference: string): string {
  const arn = /^(?:arn:[^:]+:lambda:[^:]+:)?(?:\d{12}:)?function:([^:]+)(?::[^:]+)?$/.exec(reference);
  return arn?.[1] ?? reference.replace(/:[^:]+$/, '');
}
