/** Whatever begins to play silences the rest. */
export function oneAtATime(): void {
  const silence = ({ target }: Event) => {
    for (const each of document.querySelectorAll<HTMLMediaElement>('audio, video'))
      if (each !== target) each.pause();
  };
  // It does not bubble.
  document.addEventListener('play', silence, { capture: true });
}
