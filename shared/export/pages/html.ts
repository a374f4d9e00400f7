/** Text that is HTML already. Made by `html` alone, so that what people have written never gets into a page as it is. */
export type Html = { readonly html: string };

type Value = Html | string | number | undefined | readonly Html[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes each value, of an element or of an attribute in quotes; what is undefined is left out. */
export function html(texts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: texts.reduce((before, text, index) => `${before}${written(values[index - 1])}${text}`) };
}

function written(value: Value): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return escaped(String(value));
  return 'html' in value ? value.html : value.map((each) => each.html).join('');
}

/** Control characters, which HTML does not allow, are shown as missing ones; lone surrogates too. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"']/g, (character) => entities[character] ?? '')
    .replace(/[\p{Cc}--[\t\n\r]]/gv, '\u{FFFD}');
}
