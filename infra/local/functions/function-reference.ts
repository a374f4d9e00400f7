export type FunctionReference = { readonly name: string; readonly qualifier?: string | undefined };

/** What the Invoke API takes: name, `name:qualifier`, partial or full ARN. */
export function functionReference(reference: string): FunctionReference {
  const [, name = reference, qualifier] =
    /^(?:(?:arn:[^:]+:lambda:[^:]+:)?(?:\d{12}:)?function:)?([^:]+)(?::([^:]+))?$/.exec(reference) ?? [];
  return { name, qualifier };
}
