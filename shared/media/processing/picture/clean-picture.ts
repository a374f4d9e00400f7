import { asBuffer } from '../as-buffer.ts';
import { cleanJpeg } from '../cleaning/clean-jpeg.ts';
import { cleanPng } from '../cleaning/clean-png.ts';
import { jpegHeader } from './jpeg-header.ts';

/** Pictures lie in a document as their camera made them; what is none, in spite of its name, stays. */
export function cleanPicture(type: 'jpeg' | 'png', content: Buffer): Buffer {
  try {
    return asBuffer(
      type === 'png' ? cleanPng(content, 1) : cleanJpeg(content, jpegHeader(content).orientation),
    );
  } catch {
    return content;
  }
}
