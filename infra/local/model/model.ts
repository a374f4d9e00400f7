/** What the local runtime takes from the synthesized template, with every intrinsic resolved. */
export type LocalFunction = {
  readonly functionName: string;
  /** Folder of the bundle inside the cloud assembly. */
  readonly codePath: string;
  /** `file.export`, as in the template. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
};

export type LocalAuthorizer = {
  readonly functionName: string;
  /** As in the template, e.g. `route.request.header.Sec-WebSocket-Protocol`. */
  readonly identitySource: readonly string[];
};

export type LocalRoute = {
  readonly routeKey: string;
  readonly functionName: string;
  /** True when the route has a `$default` route response, so that the function's body reaches the client. */
  readonly routeResponse: boolean;
  readonly authorizer?: LocalAuthorizer;
  /** How long the API waits for the function; as long as it can without it. */
  readonly timeoutMs?: number;
};

export type LocalApi = {
  readonly apiId: string;
  readonly stage: string;
  readonly region: string;
  readonly accountId: string;
  readonly routeSelectionExpression: string;
  readonly routes: readonly LocalRoute[];
  readonly throttling?: { readonly ratePerSecond: number; readonly burst: number };
};

export type InvocationResult =
  | { readonly ok: true; readonly payload: unknown }
  | {
      readonly ok: false;
      readonly errorType: string;
      readonly errorMessage: string;
      readonly timedOut: boolean;
    };

/** Runs one function with one event, as `RequestResponse` does. Never rejects for what the function did. */
export type Invoke = (functionName: string, event: unknown) => Promise<InvocationResult>;
