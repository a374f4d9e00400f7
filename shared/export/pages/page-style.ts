/** The whole style of a page: it asks for nothing from anywhere. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: #f3f2ed; --surface: #fdfdfb; --line: #dedcd3; --ink: #1c2729; --quiet: #55625f;
  --accent: #24645e; --mine: #d5eae4; --mark: #f6e7c8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #11181a; --surface: #192225; --line: #2e3b3f; --ink: #e7edeb; --quiet: #9fb1ae;
    --accent: #82cbc0; --mine: #1f4744; --mark: #43371c;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-block: 5rem 2rem; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--accent); text-underline-offset: .15em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 4px; }
.skip { position: absolute; inset-inline-start: 1rem; top: -4rem; z-index: 2; padding: .5rem 1rem;
  background: var(--surface); border-radius: 0 0 8px 8px; }
.skip:focus { top: 0; }
header, main, footer { max-width: 46rem; margin-inline: auto; padding-inline: 1.25rem; }
header { padding-block: 2rem .5rem; }
main > :first-child { margin-top: .75rem; }
h1 { margin: .25rem 0; font-size: 1.6rem; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; }
h2 { margin: 2rem 0 .75rem; font-size: 1.05rem; }
.quiet { color: var(--quiet); }
header p, footer p { margin: .35rem 0; }
footer { margin-top: 3rem; padding-block: 1.25rem 3rem; border-top: 1px solid var(--line); font-size: .9rem; color: var(--quiet); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding-block: .4rem; }
main > nav { margin-top: 2rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.list { margin: 0; padding: 0; list-style: none; background: var(--surface); border: 1px solid var(--line); border-radius: 14px; }
.list li { border-top: 1px solid var(--line); }
.list li:first-child { border-top: 0; }
.list a, .list .plain { display: block; padding: .8rem 1.1rem; color: inherit; text-decoration: none; border-radius: 13px; }
.list a:hover strong { text-decoration: underline; text-decoration-thickness: 2px; }
.list strong { display: block; font-weight: 600; }
.list span { display: block; font-size: .9rem; color: var(--quiet); }
dl { display: grid; grid-template-columns: minmax(10rem, max-content) 1fr; gap: .4rem 1.5rem; margin: 0; }
dt { font: .9rem/1.65 ui-monospace, "SFMono-Regular", Consolas, monospace; }
dd { margin: 0; color: var(--quiet); }
.day { margin: 2rem 0 1rem; font-size: .85rem; font-weight: 600; text-align: center; color: var(--quiet); }
.messages { display: flex; flex-direction: column; gap: .5rem; margin: 0; padding: 0; list-style: none; }
.messages > li { max-width: 85%; align-self: flex-start; }
.messages > .mine { align-self: flex-end; }
article { padding: .6rem .9rem .5rem; background: var(--surface); border: 1px solid var(--line); border-radius: 14px 14px 14px 4px; }
.mine article { background: var(--mine); border-color: transparent; border-radius: 14px 14px 4px 14px; }
:target article { background: var(--mark); }
article > * { margin: 0; }
article h3 { font-size: .85rem; font-weight: 600; color: var(--accent); }
.text { white-space: pre-wrap; }
.about { margin-top: .15rem; font-size: .78rem; color: var(--quiet); }
.about a { color: inherit; }
figure { margin: .3rem 0; }
figure img, figure video { display: block; max-width: 100%; max-height: 26rem; height: auto; border-radius: 9px; }
figure audio { display: block; width: min(24rem, 70vw); }
figcaption { margin-top: .3rem; white-space: pre-wrap; }
figure > * + .file { margin-top: .35rem; }
.file { display: block; font-size: .9rem; }
@media (max-width: 34rem) {
  header, main, footer { padding-inline: .9rem; }
  .messages > li { max-width: 94%; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .7rem; }
}
@media print {
  body { background: none; }
  nav, .skip { display: none; }
  article { break-inside: avoid; }
}
`;
