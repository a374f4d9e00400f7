/** A token, or what the person has to do to get one. */
export type TokenAnswer =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly message: string };

/** Three parts with dots between them: worth showing to the server, which decides. */
export function looksLikeToken(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/u.test(text);
}
