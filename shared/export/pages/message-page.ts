import { eventWords } from '../../protocol/messages/event-words.ts';
import type { MediaContent, MessageContent } from '../../protocol/messages/table.ts';
import type { Message } from '../../stores/messages/message.ts';
import { mediaFile } from '../media-name.ts';
import { type Html, html } from './html.ts';
import { page, pager } from './page-frame.ts';
import { clock, dayOf } from './times.ts';

export type MessagePage = {
  readonly conversationId: string;
  readonly title: string;
  readonly userId: string;
  readonly messages: readonly Message[];
  /** The number behind which the page begins. */
  readonly after: number;
  /** The number behind which the next one does; undefined: this is the last. */
  readonly next: number | undefined;
};

const root = '../../';

/** Named after its first number, so that the page before it knows where it is. */
export const messagePageFile = (conversationId: string, after: number): string =>
  `messages/${conversationId}/${after + 1}.html`;

export function messagePage(given: MessagePage): string {
  const { conversationId, title, messages, after, next } = given;
  const name = (behind: number) => `${behind + 1}.html`;
  return page({
    title,
    root,
    intro: html`<p class="quiet">Conversation <code>${conversationId}</code></p>`,
    main: html`${messages.length > 0 ? days(given) : html`<p>${after === 0 ? 'Nothing in it can be read any more.' : 'These were all.'}</p>`}
${pager('Messages', [
  after === 0 ? undefined : html`<a href="${name(0)}">From the beginning</a>`,
  next === undefined ? undefined : html`<a rel="next" href="${name(next)}">Later messages</a>`,
])}`,
  });
}

function days({ messages, userId, conversationId }: MessagePage): readonly Html[] {
  const here = new Set(messages.map(({ seq }) => seq));
  const byDay = Map.groupBy(messages, ({ sentAt }) => dayOf(sentAt));
  return [...byDay].map(
    ([day, those]) => html`<h2 class="day">${day}</h2>
<ol class="messages">${those.map((message) => entry(message, { mine: message.from === userId, here, conversationId }))}</ol>
`,
  );
}

type Surroundings = {
  readonly mine: boolean;
  readonly here: ReadonlySet<number>;
  readonly conversationId: string;
};

function entry(message: Message, { mine, here, conversationId }: Surroundings): Html {
  const { seq, from, sentAt, content, replyTo } = message;
  const answered =
    replyTo !== undefined && here.has(replyTo) ? html`<a href="#m${replyTo}">#${replyTo}</a>` : `#${replyTo}`;
  return html`
<li id="m${seq}"${mine ? html` class="mine"` : undefined}><article>
<h3><bdi>${from}</bdi></h3>
${replyTo === undefined ? undefined : html`<p class="about">in reply to ${answered}</p>`}
${saidIn(seq, content, conversationId)}
${marksOf(message)}
<p class="about">${clock(sentAt)} · <a href="#m${seq}">#${seq}</a></p>
</article></li>`;
}

/** What has been done with it. */
function marksOf({ forwarded, editedAt, pinnedAt, reactions = [] }: Message): Html | undefined {
  const marks = [
    ...(forwarded === true ? ['forwarded'] : []),
    ...(editedAt === undefined ? [] : ['edited']),
    ...(pinnedAt === undefined ? [] : ['pinned']),
    ...reactions.map(({ emoji, count }) => `${emoji} ${count}`),
  ];
  return marks.length === 0 ? undefined : html`<p class="about">${marks.join(' · ')}</p>`;
}

function saidIn(seq: number, content: MessageContent, conversationId: string): Html {
  if (content.type === 'text') return html`<p class="text" dir="auto">${content.text}</p>`;
  if (content.type === 'event') return html`<p class="about">${eventWords(content)}</p>`;
  if (content.type === 'recalled') return html`<p class="about">taken back</p>`;
  if (content.type === 'custom')
    return html`<p class="about"><bdi>${content.kind}</bdi></p>
<pre dir="auto">${JSON.stringify(content.data, null, 2)}</pre>`;
  return attached(seq, content, conversationId);
}

/** What browsers show; others, such as HEIC, not all do. */
const shownPictures = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif']);

/** Opened from here these would run as a page of this folder, beside everything in it. */
const active = /\.(?:x?html?|xht|s?html|mht|mhtml|svgz?|xml|xsl|js|mjs|hta|swf)$/i;

function attached(seq: number, content: MediaContent, conversationId: string): Html {
  const { media, caption, name } = content;
  const file = mediaFile(conversationId, seq, content);
  const address = `${root}${file}`;
  const label = name ?? file.slice(file.lastIndexOf('/') + 1);
  const link = active.test(file)
    ? html`<span class="file"><bdi>${label}</bdi>, ${sizeOf(media.bytes)}: <code>${file}</code> in the folder of this export</span>`
    : html`<a class="file" href="${address}"><bdi>${label}</bdi>, ${sizeOf(media.bytes)}</a>`;
  return html`<figure>${shown(content, address, caption ?? label)}${link}
${caption === undefined ? undefined : html`<figcaption dir="auto">${caption}</figcaption>`}</figure>`;
}

function shown({ type, media }: MediaContent, address: string, label: string): Html | undefined {
  if (type === 'image' && shownPictures.has(media.contentType)) {
    const { width, height } = media;
    const size =
      width === undefined || height === undefined ? undefined : html` width="${width}" height="${height}"`;
    return html`<img src="${address}" alt="${label}" loading="lazy"${size}>`;
  }
  if (type === 'audio')
    return html`<audio controls preload="none" src="${address}" aria-label="${label}"></audio>`;
  if (type === 'video')
    return html`<video controls preload="none" src="${address}" aria-label="${label}"></video>`;
  return undefined;
}

function sizeOf(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  let size = bytes;
  while (size >= 1000 && units.length > 1) {
    size /= 1000;
    units.shift();
  }
  return `${size < 10 && units[0] !== 'bytes' ? size.toFixed(1) : Math.round(size)} ${units[0]}`;
}
