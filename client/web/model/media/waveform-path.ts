const height = 32;
const step = 4;

export type WaveformPath = { readonly width: number; readonly height: number; readonly d: string };

/** The bars as an SVG path, one for each peak; none is lower than a dot. */
export function waveformPath(peaks: readonly number[]): WaveformPath {
  const bars = peaks.map((peak, index) => {
    const length = Math.max(0.1, (Math.min(peak, 100) / 100) * (height - step));
    return `M${index * step + 2} ${((height - length) / 2).toFixed(1)}v${length.toFixed(1)}`;
  });
  return { width: peaks.length * step, height, d: bars.join('') };
}
