import { createHash } from 'node:crypto';
import { type Html, html } from './html.ts';
import { pageStyle } from './page-style.ts';

export type PageParts = {
  readonly title: string;
  /** From the page to the folder that all zips are unpacked in: empty, or `../../`. */
  readonly root: string;
  /** Below the heading. */
  readonly intro: Html;
  readonly main: Html;
};

/** Nothing runs and nothing is fetched, but for media that lie beside the page: opened from a folder, that is `file:`. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'`,
  "img-src 'self' file:",
  "media-src 'self' file:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const style: Html = { html: pageStyle };

/** A page that works as it is, opened from the folder that the zip was unpacked in. */
export function page({ title, root, intro, main }: PageParts): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
${root === '' ? undefined : html`<nav aria-label="Export"><ul><li><a href="${root}index.html">All conversations</a></li></ul></nav>`}
<h1 dir="auto">${title}</h1>
${intro}
</header>
<main id="content" tabindex="-1">
${main}
</main>
<footer>
<p>This page was written for an export of your data. It holds what others have written, too: keep it as you would keep their letters.</p>
<p>All times are in UTC.</p>
</footer>
</body>
</html>
`.html;
}

/** Links to what comes before and after; without any there is nothing. */
export function pager(label: string, links: readonly (Html | undefined)[]): Html | undefined {
  const there = links.filter((link) => link !== undefined);
  if (there.length === 0) return undefined;
  return html`<nav aria-label="${label}"><ul>${there.map((link) => html`<li>${link}</li>`)}</ul></nav>`;
}
