/** What API Gateway hands to a function; the published types lack half of it. */
export type WebSocketEvent = {
  readonly requestContext: {
    readonly routeKey: string;
    readonly connectionId: string;
    readonly requestId: string;
    /** Milliseconds; the same for the life of the connection. */
    readonly connectedAt: number;
    readonly authorizer?: unknown;
  };
  readonly body?: string | null;
};

export type AuthorizerEvent = {
  readonly methodArn: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
};

export type WebSocketResult = {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};
