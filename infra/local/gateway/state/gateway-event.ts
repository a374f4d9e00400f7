/** What happened at the gateway, without content, for a log or a test. */
export type GatewayEvent =
  | { readonly kind: 'refused'; readonly connectionId: string; readonly status: number }
  | { readonly kind: 'connected'; readonly connectionId: string }
  | { readonly kind: 'frame'; readonly connectionId: string; readonly routeKey: string | undefined }
  | {
      readonly kind: 'failed';
      readonly connectionId: string;
      readonly routeKey: string;
      readonly errorType: string;
      readonly errorMessage: string;
    }
  | { readonly kind: 'disconnected'; readonly connectionId: string; readonly code: number }
  | {
      readonly kind: 'callback';
      readonly connectionId: string;
      readonly method: string;
      /** 0 when a fault switch swallowed the response. */
      readonly status: number;
    };
