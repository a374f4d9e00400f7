/** The bundle lacks a decoder: our fault, not the media's, so it must not be taken for a mismatch. */
export class DecoderMissing extends Error {
  override readonly name = 'DecoderMissing';
}

const forgetting: (() => void)[] = [];

/** A decoder is loaded when the first media needs it, and once. */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  const forget = (): void => {
    loading = undefined;
  };
  forgetting.push(forget);
  return () => {
    loading ??= load().catch((cause: unknown) => {
      forget();
      throw new DecoderMissing('a decoder could not be loaded', { cause });
    });
    return loading;
  };
}

/** After a trap in WebAssembly its memory is in no known state: the next media gets a decoder of its own. */
export function forgetDecoders(): void {
  for (const forget of forgetting) forget();
}
