/** What is needed of `Lambda` of `@aws-sdk/client-lambda`. */
export type Lambda = {
  invoke(input: { readonly FunctionName: string; readonly Payload: Uint8Array }): Promise<{
    readonly FunctionError?: string | undefined;
    readonly Payload?: Uint8Array | undefined;
  }>;
};
