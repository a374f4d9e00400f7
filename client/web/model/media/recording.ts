/** What browsers record in and the service knows: the first is small and everywhere but in Safari before 18.4. */
const types = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

/** Undefined leaves it to the browser. */
export const recordingType = (isSupported: (type: string) => boolean): string | undefined =>
  types.find(isSupported);

/** Why nothing is recorded, by what `getUserMedia` says. */
export function recordingFault(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError')
    return 'The browser does not let this page use the microphone. You can allow it in the settings of the page.';
  if (name === 'NotFoundError') return 'There is no microphone.';
  return 'The microphone cannot be used just now.';
}
