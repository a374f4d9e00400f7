import { make } from '../elements/elements.ts';

/** Hands a `blob:` URL to the browser's own way of keeping files. */
export function saveAs(url: string, name: string): void {
  const link = make('a');
  link.href = url;
  link.download = name;
  link.click();
}
