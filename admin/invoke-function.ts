/** Lambda's Invoke operation, wherever the function is. */
export type InvokeFunction = (functionName: string, payload: string) => Promise<Response>;
