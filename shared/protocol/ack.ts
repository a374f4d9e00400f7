export type Ack<Result> = { readonly type: 'ack'; readonly id: string } & Result;

/** A JavaScript `Error` never serializes: only what is written out here goes to a client. */
export function ack<Result extends object>(id: string, result: Result): Ack<Result> {
  return { type: 'ack', id, ...result };
}
