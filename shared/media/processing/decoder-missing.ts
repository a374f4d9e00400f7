/** The bundle lacks a decoder: our fault, not the media's, so it must not be taken for a mismatch. */
export class DecoderMissing extends Error {
  override readonly name = 'DecoderMissing';
}

/** A decoder is loaded when the first media needs it, and once. */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      throw new DecoderMissing('a decoder could not be loaded', { cause });
    });
    return loading;
  };
}
