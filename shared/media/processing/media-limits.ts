/** What is decoded at most; more is refused before it is decoded. */
export type MediaLimits = {
  /** Width times height; of an animation its first frame, the only one that is decoded. */
  readonly pixels: number;
  readonly durationMs: number;
};

/** A 50-megapixel photo, six hours of sound. */
export const defaultMediaLimits: MediaLimits = { pixels: 50_000_000, durationMs: 6 * 60 * 60 * 1_000 };
