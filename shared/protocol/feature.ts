import type * as z from 'zod';

export type ActionRow = {
  /** What a client asks for with it, in one line; docs/protocol.md has the rest. */
  readonly summary: string;
  readonly frame: z.core.$ZodType;
  /** What the ack holds beside its `type` and `id`. */
  readonly result: z.ZodObject | z.ZodUnion<readonly z.ZodObject[]>;
};

export type PushRow = {
  /** What it tells a client, in one line. */
  readonly summary: string;
  readonly frame: z.core.$ZodType;
};

/** One feature's part of the protocol. */
export type Feature = {
  readonly actions: Readonly<Record<string, ActionRow>>;
  readonly pushes: Readonly<Record<string, PushRow>>;
};
