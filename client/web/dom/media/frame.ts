import type { MediaFacts } from '../../../../shared/protocol/media/table.ts';
import { pictureFrame } from '../../model/media/picture-frame.ts';

/** Keeps a picture's place free. */
export function setFrame(element: HTMLElement, facts: Pick<MediaFacts, 'width' | 'height'>): void {
  const { width, ratio } = pictureFrame(facts);
  element.style.setProperty('--width', `${width}px`);
  element.style.setProperty('--ratio', ratio.toFixed(4));
}
