import { thumbHashToRGBA } from 'thumbhash';

/** Paints the blur that comes with the message, before anything of the picture is fetched. */
export function paintPlaceholder(canvas: HTMLCanvasElement, placeholder: string): void {
  const hash = Uint8Array.from(atob(placeholder), (character) => character.charCodeAt(0));
  const { w, h, rgba } = thumbHashToRGBA(hash);
  canvas.width = w;
  canvas.height = h;
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(rgba), w, h), 0, 0);
}
