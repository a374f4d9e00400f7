export type EngineReply = { readonly status: number; readonly body: string };

/** Fault switches between the functions and an engine, which are asked about every call. */
export type Meddler = {
  /** The answer to a call that does not reach the engine. */
  before(operation: string, body: string): EngineReply | undefined;
  /** The engine's answer as the caller is to see it. */
  after(operation: string, body: string, reply: EngineReply): string;
};
