/** Something is to be told to whoever watches some parts of a room: those from `from` on and before `to`. */
export type RoomJob = {
  readonly conversationId: string;
  /** Parts that the room has, by which its size is known. */
  readonly shards: number;
  readonly from: number;
  readonly to: number;
  /** Of one part: these connections were not reached. */
  readonly behind?: readonly string[];
  /** What is to be taken off screens, in place of what is new. */
  readonly erased?: readonly number[];
  /** Of that erasure among the changes there. */
  readonly rev?: number;
  /** How this message is now is to be told, in place of what is new. */
  readonly changed?: number;
  /** Whether this message is pinned now is to be told, likewise. */
  readonly pinned?: number;
  /** The message whose reactions are to be told of. */
  readonly reacted?: number;
};
