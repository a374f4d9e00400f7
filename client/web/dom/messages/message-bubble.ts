import { personName } from '../../../words/person-name.ts';
import { hueOf, initialOf } from '../../model/conversations/hue.ts';
import type { MessageRow } from '../../model/messages/message-rows.ts';
import { make, setText } from '../elements/elements.ts';
import type { RowElement } from '../elements/keyed-list.ts';
import { linkButton } from '../elements/link-button.ts';
import type { MediaActions, MediaElement } from '../media/media-actions.ts';
import { mediaElement } from '../media/media-element.ts';
import { editButton } from './edit-button.ts';
import { eraseButton } from './erase-button.ts';
import { failureNote } from './failure-note.ts';
import { forwardButton } from './forward-button.ts';
import { setLinkedText } from './linked-text.ts';
import { messageMeta } from './message-meta.ts';
import type { MessagePart, ShownMessage } from './message-part.ts';
import { pinButton } from './pin-button.ts';
import { quoteElement } from './quote.ts';
import { reactButton } from './react-button.ts';
import { reactionBar } from './reaction-bar.ts';
import { replyButton } from './reply-button.ts';
import { reportButton } from './report-button.ts';
import { uploadProgress } from './upload-progress.ts';

export type MessageActions = {
  readonly media: MediaActions;
  retry(id: string): void;
  /** Takes it back to where it was written. */
  edit(id: string): void;
  /** For good: it was not sent, or is being uploaded. */
  discard(id: string): void;
  /** Has it say something else, or takes it back. */
  change(seq: number, text: string): void;
  pin(seq: number, on: boolean): void;
  reply(seq: number): void;
  /** `words`: what it says, for whoever is asked where to. */
  forward(seq: number, words: string): void;
  erase(seq: number): void;
  report(seq: number): void;
  react(seq: number, emoji: string, on: boolean): void;
  /** Which emoji is asked for. */
  chooseReaction(seq: number): void;
};

/** One message of the list: who, what, and the notes beneath it. */
export function messageBubble(id: string, actions: MessageActions): RowElement<MessageRow> {
  const avatar = make('span');
  avatar.ariaHidden = 'true';
  const sender = make('bdi', 'sender');
  const content = messageContent(id, actions.media);
  const veil = make(
    'p',
    'veil quiet',
    'You have blocked them. ',
    linkButton('Show what they wrote', () => {
      lifted = true;
      if (shown !== undefined) update(shown);
    }),
  );
  let lifted = false;
  let shown: ShownMessage | undefined;
  const upload = uploadProgress(() => actions.discard(id));
  const meta = messageMeta();
  const failure = failureNote({
    retry: () => actions.retry(id),
    edit: () => actions.edit(id),
    discard: () => actions.discard(id),
  });
  const quote = quoteElement();
  const reply = replyButton(actions.reply);
  const forward = forwardButton(actions.forward);
  const change = editButton(actions.change);
  const pin = pinButton(actions.pin);
  const erase = eraseButton(actions.erase);
  const report = reportButton(actions.report);
  const reactions = reactionBar(actions.react);
  const choose = reactButton(actions.chooseReaction);
  const said = make(
    'div',
    'said',
    sender,
    veil,
    quote.element,
    content.element,
    reactions.element,
    upload.element,
    meta.element,
    failure.element,
  );
  const element = make(
    'li',
    '',
    avatar,
    said,
    choose.element,
    reply.element,
    forward.element,
    change.element,
    pin.element,
    erase.element,
    report.element,
  );

  function update(row: ShownMessage): void {
    shown = row;
    const veiled = row.blocked && !lifted;
    element.className = veiled ? `${classesOf(row)} veiled` : classesOf(row);
    veil.hidden = !veiled;
    const name = personName(row.from);
    avatar.className = `avatar hue-${hueOf(name)}`;
    setText(avatar, initialOf(name));
    setText(sender, row.mine ? 'You' : name);
    sender.className = row.mine || !row.first ? 'sender unseen' : 'sender';
    const parts = [upload, meta, failure, reactions, choose, reply, forward, change, pin, erase, report];
    for (const part of veiled ? parts : [content, quote, ...parts]) part.update(row);
  }

  return {
    element,
    update(row) {
      if (row.kind === 'message') update(row);
    },
  };
}

/** The text, and above it the media whose caption it then is. */
function messageContent(id: string, actions: MediaActions): MessagePart {
  const text = make('p', 'text');
  text.dir = 'auto';
  let media: MediaElement | undefined;
  return {
    element: text,
    update(row) {
      setLinkedText(text, row.text, row.called);
      text.hidden = row.text === '';
      if (row.media === undefined) return;
      media ??= mediaElement(row.media, id, actions);
      media.update(row.media);
      if (!media.element.isConnected) text.before(media.element);
    },
  };
}

function classesOf({ mine, first, last, soon, status, media, custom, toMe }: ShownMessage): string {
  const names = [
    'message',
    mine && 'mine',
    first && 'first',
    last && 'last',
    soon && 'soon',
    status,
    (status === 'read' || status === 'delivered') && 'sent',
    media !== undefined && 'with-media',
    custom && 'custom',
    toMe && 'to-me',
  ];
  return names.filter((name) => typeof name === 'string').join(' ');
}
