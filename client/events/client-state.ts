import type { HelloResult } from '../../shared/protocol/session/table.ts';
import type { LapseError } from '../wire/lapse-error.ts';

/** Where a client stands. Only `online` can send at once; everywhere else messages wait in the outbox. */
export type ClientState =
  | { readonly name: 'idle' }
  | { readonly name: 'connecting' }
  | { readonly name: 'online'; readonly hello: HelloResult }
  /** Nothing but the consent exchange works until the person has agreed to `hello.consent.policyVersion`. */
  | { readonly name: 'consent-required'; readonly hello: HelloResult }
  | {
      readonly name: 'reconnecting';
      readonly attempt: number;
      /** After how long the next try begins, counted from this event. */
      readonly delayMs: number;
      readonly cause: LapseError;
    }
  /**
   * The server is there and takes none of the tokens that the app gives: the person has to sign in again. `connect()` begins anew. What is
   * in the outbox waits.
   */
  | { readonly name: 'refused'; readonly cause: LapseError }
  /** By `close`, or by the server's `bye` that says not to come back: then with its reason. */
  | { readonly name: 'closed'; readonly reason?: string };
