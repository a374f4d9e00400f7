/** 128 random bits in hex. `randomUUID` exists only in secure contexts, `getRandomValues` everywhere. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
