/** The same bytes, not a copy; a Buffer reads numbers and refuses to read beyond its end. */
export const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
