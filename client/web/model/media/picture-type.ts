/** By the first bytes, as one character each: what a page saved as `.jpg` is often WebP, and HEIC has no type in most browsers. */
const signatures: readonly (readonly [contentType: string, opening: RegExp])[] = [
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/png', /^\x89PNG/],
  ['image/gif', /^GIF8/],
  ['image/webp', /^RIFF.{4}WEBP/s],
  ['image/avif', /^.{4}ftypavif/s],
  ['image/heic', /^.{4}ftyp(?:heic|heix|mif1)/s],
];

export async function pictureType(file: Blob): Promise<string | undefined> {
  const opening = String.fromCodePoint(...new Uint8Array(await file.slice(0, 12).arrayBuffer()));
  return signatures.find(([, signature]) => signature.test(opening))?.[0];
}
