import { byId, setText } from '../elements/elements.ts';

export type ReplyBar = {
  /** Undefined: to none. */
  set(seq: number | undefined): void;
  seq(): number | undefined;
  /** What is answered to may be gone. */
  refresh(): void;
};

/** Above the text the message that it answers to, which can be taken away, and goes with its message. */
export function replyBar(quote: (seq: number) => string | undefined, focus: () => void): ReplyBar {
  const bar = byId('reply');
  const words = byId('reply-words');
  let seq: number | undefined;

  function refresh(): void {
    const said = seq === undefined ? undefined : quote(seq);
    if (said === undefined) seq = undefined;
    bar.hidden = said === undefined;
    setText(words, said ?? '');
  }

  byId('no-reply').addEventListener('click', () => {
    seq = undefined;
    refresh();
    focus();
  });
  return {
    set(next) {
      seq = next;
      refresh();
    },
    seq: () => seq,
    refresh,
  };
}
