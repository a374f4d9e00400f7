import { fixture } from './fixture.ts';
import { type PictureFormat, picture } from './made-pictures.ts';

/** A file to hide something in: a shipped one by its name, or a picture made of a format's. */
export const madeSource = async (name: string): Promise<Buffer> =>
  name.includes('.') ? fixture(name) : picture(name as PictureFormat);
