import type { MediaFacts } from '../../../../shared/protocol/media/table.ts';

/** The place of a picture among the messages, in CSS pixels: kept free before the picture is there. */
export type PictureFrame = { readonly width: number; readonly ratio: number };

const longestPx = 320;
const shortestPx = 120;
const clamp = (least: number, value: number, most: number) => Math.min(Math.max(value, least), most);

/** As the picture is, but neither a thread nor a dot: what is longer or smaller stands in a frame that can be hit. */
export function pictureFrame({ width, height }: Pick<MediaFacts, 'width' | 'height'>): PictureFrame {
  if (width === undefined || height === undefined) return { width: longestPx, ratio: 4 / 3 };
  const ratio = clamp(0.5, width / height, 2.5);
  return { width: Math.round(clamp(shortestPx, width, longestPx * Math.min(1, ratio))), ratio };
}
