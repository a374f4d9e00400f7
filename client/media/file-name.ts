/** What the server takes as a name: no path, and nothing that a screen would show as something else. */
export function sentName(name: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]/gu, '').toWellFormed();
  const [, stem = '', extension = ''] = /^(.*?)(\.[^.]{1,20})?$/su.exec(plain) ?? [];
  const short = `${[...stem].slice(0, 100).join('')}${extension}`;
  return /^\.{0,2}$/u.test(short) ? 'file' : short;
}

type Saved = { readonly name?: string | undefined; readonly seq: number; readonly contentType: string };

/** Somebody else has chosen the name: it must not become a hidden file that a program reads. */
export const savedName = ({ name, seq, contentType }: Saved): string =>
  withExtension(name?.replace(/^\.+/u, '') || `lapse-${seq}`, contentType);

export const withExtension = (path: string, contentType: string): string =>
  /[^/\\]\.[^./\\]+$/u.test(path) ? path : `${path}${extensionOf(contentType)}`;

const extensionOf = (contentType: string): string =>
  contentType === 'application/octet-stream' ? '' : `.${contentType.replace(/^.*\/(x-)?/u, '')}`;
