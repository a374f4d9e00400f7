/** As AWS JSON has them: bytes are base64, alone or in a set. */
export type WireAttributes = Record<string, WireAttribute>;
type Bytes = string | Uint8Array;
type WireAttribute = { B?: Bytes; BS?: Bytes[]; L?: WireAttribute[]; M?: WireAttributes };

/** Base64 in place of bytes, wherever they are. */
export const writeBytes = (attributes: WireAttributes): void => inEach(attributes, encoded);

/** Bytes in place of base64, wherever it is. */
export const readBytes = (attributes: WireAttributes): void => inEach(attributes, decoded);

function inEach(attributes: WireAttributes, change: (bytes: Bytes) => Bytes): void {
  for (const attribute of Object.values(attributes)) inOne(attribute, change);
}

function inOne(attribute: WireAttribute, change: (bytes: Bytes) => Bytes): void {
  const { B, BS, L, M } = attribute;
  if (B !== undefined) attribute.B = change(B);
  else if (BS !== undefined) attribute.BS = BS.map(change);
  else if (M !== undefined) inEach(M, change);
  else if (L !== undefined) for (const each of L) inOne(each, change);
}

const encoded = (bytes: Bytes): string => Buffer.from(bytes as Uint8Array).toString('base64');

function decoded(base64: Bytes): Uint8Array {
  const { buffer, byteOffset, byteLength } = Buffer.from(base64 as string, 'base64');
  return new Uint8Array(buffer, byteOffset, byteLength);
}
