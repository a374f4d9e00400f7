export type CallbackPath = { readonly stage: string | undefined; readonly connectionId: string };

/** `/{stage}/@connections/{id}`, the id URL-encoded; `undefined` for any other path. */
export function callbackPath(url: string): CallbackPath | undefined {
  const [, stage, encoded] = /^(?:\/([^/]+))?\/(?:@|%40)connections\/([^/?]*)/.exec(url) ?? [];
  return encoded === undefined ? undefined : { stage, connectionId: decoded(encoded) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
