/** Two connected people: one says something, and both hear of it. */
export type Pair = {
  /** Resolves once the message is acknowledged to its sender and has come to the other. */
  say(): Promise<void>;
  close(): void;
};

/** A chat server that runs in processes of its own. */
export type RunningSubject = {
  /** Of its first process; the others are its descendants. */
  readonly pid: number;
  pair(index: number): Promise<Pair>;
  /** Connects somebody who then says nothing; answers how to disconnect. */
  connect(index: number): Promise<() => void>;
  stop(): Promise<void>;
};

export type Subject = { readonly name: string; start(): Promise<RunningSubject> };

/** As long as a usual message. */
export const text = 'x'.repeat(256);
