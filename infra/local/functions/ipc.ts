/** What the pool tells an execution environment. */
export type EnvironmentRequest = {
  readonly requestId: string;
  readonly event: unknown;
  readonly deadline: number;
};

/** What an execution environment tells the pool. */
export type EnvironmentReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly requestId: string; readonly payload?: unknown }
  | ({ readonly kind: 'error'; readonly requestId?: string } & FunctionError);

export type FunctionError = { readonly errorType: string; readonly errorMessage: string };
