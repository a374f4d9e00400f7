import { waveformPath } from '../../model/media/waveform-path.ts';

const namespace = 'http://www.w3.org/2000/svg';
const unknown: readonly number[] = Array.from({ length: 64 }, () => 0);

/** Twice the same: what is still to come, and over it as much as has been played. */
export function waveform(peaks = unknown): readonly SVGElement[] {
  const { width, height, d } = waveformPath(peaks);
  return ['to-come', 'played'].map((className) => {
    const picture = document.createElementNS(namespace, 'svg');
    const bars = document.createElementNS(namespace, 'path');
    bars.setAttribute('d', d);
    picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
    picture.setAttribute('preserveAspectRatio', 'none');
    picture.setAttribute('aria-hidden', 'true');
    picture.setAttribute('class', className);
    picture.append(bars);
    return picture;
  });
}
