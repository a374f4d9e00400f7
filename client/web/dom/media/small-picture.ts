import type { MediaFacts } from '../../../../shared/protocol/media/table.ts';
import { make } from '../elements/elements.ts';
import { paintPlaceholder } from './placeholder.ts';

/** A blur at once, and above it the small picture when it has come. */
export type SmallPicture = {
  readonly blur: HTMLCanvasElement;
  readonly image: HTMLImageElement;
  paint(facts: Pick<MediaFacts, 'placeholder'>): void;
  /** Rejects with a DOMException what the browser cannot decode. */
  show(url: Promise<string>): Promise<HTMLImageElement>;
};

export function smallPicture(): SmallPicture {
  const blur = make('canvas');
  const image = make('img');
  image.alt = '';
  image.hidden = true;
  return {
    blur,
    image,
    paint({ placeholder }) {
      if (placeholder !== undefined) paintPlaceholder(blur, placeholder);
    },
    async show(url) {
      const next = new Image();
      next.src = await url;
      await next.decode();
      image.src = next.src;
      image.hidden = false;
      return next;
    },
  };
}
