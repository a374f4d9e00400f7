import type { AuthorizerContext } from './authorizer-context.ts';

export type Identity = { readonly userAgent?: string; readonly sourceIp: string };

/** What is known of a connection from the first byte of its handshake on. */
export type ConnectionInfo = {
  readonly connectionId: string;
  readonly connectedAt: number;
  readonly identity: Identity;
  readonly authorizer?: AuthorizerContext;
};

export type CloseCause = { readonly code: number; readonly reason: string };

/** A connection whose handshake is over. */
export type Connection = ConnectionInfo & {
  lastActiveAt(): number;
  /** Bytes that the client has not taken yet. */
  bufferedBytes(): number;
  /** Dropped without a word once the connection has ended. */
  send(data: Buffer): void;
  /** The connection is gone at once; its socket follows with a close frame. */
  close(cause: CloseCause): void;
  /** As when the network breaks: no close frame. */
  cut(): void;
  /** Ends without `$disconnect`, because the gateway itself stops. */
  abandon(): void;
};
