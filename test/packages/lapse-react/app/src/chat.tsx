import type { ConversationSummary, MessageBody } from 'lapse-client';
import {
  useConnection,
  useConversations,
  useMessages,
  usePresence,
  useSend,
  useTyping,
  useUpload,
} from 'lapse-react';
import { memo, useEffect, useRef, useState } from 'react';

/** How often a row has been put on the screen. */
function useCommits() {
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const row = element.current;
    if (row) row.dataset['commits'] = String(Number(row.dataset['commits'] ?? 0) + 1);
  });
  return element;
}

const Row = memo(function Row({ message }: { readonly message: MessageBody }) {
  const { content, reactions = [] } = message;
  return (
    <li ref={useCommits()}>
      {content.type === 'text' ? content.text : content.type}
      {reactions.map(({ emoji }) => emoji)}
    </li>
  );
});

const Item = memo(function Item({ summary }: { readonly summary: ConversationSummary }) {
  return <li ref={useCommits()}>{`${summary.conversationId} ${summary.unread}`}</li>;
});

function Room({ conversationId, other }: { readonly conversationId: string; readonly other: string }) {
  const { messages, hasOlder, isLoading, loadOlder, markRead } = useMessages(conversationId);
  const { pending, send, retry, discard } = useSend(conversationId);
  const { typing, tell } = useTyping(conversationId);
  const presence = usePresence([other]);
  const { uploads, upload } = useUpload(conversationId);
  const [words, setWords] = useState('');
  return (
    <section>
      <p id="typing">{typing.join()}</p>
      <p id="presence">{presence[other]?.online === true ? 'online' : 'away'}</p>
      <button type="button" id="older" disabled={!hasOlder || isLoading} onClick={() => void loadOlder()}>
        older
      </button>
      <ol id="messages">
        {messages.map((message) => (
          <Row key={message.seq} message={message} />
        ))}
      </ol>
      <ol id="pending">
        {pending.map(({ id, status, content }) => (
          <li key={id}>
            {`${status} ${content.type === 'text' ? content.text.length : content.type}`}
            <button type="button" className="retry" onClick={() => void retry(id)}>
              again
            </button>
            <button type="button" className="discard" onClick={() => discard(id)}>
              away
            </button>
          </li>
        ))}
      </ol>
      <ol id="uploads">
        {uploads.map(({ id, status }) => (
          <li key={id}>{status}</li>
        ))}
      </ol>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send(words);
          setWords('');
        }}
      >
        <input
          id="text"
          value={words}
          onChange={(event) => {
            tell();
            setWords(event.target.value);
          }}
        />
      </form>
      <button type="button" id="long" onClick={() => void send('x'.repeat(40_000))}>
        long
      </button>
      <button
        type="button"
        id="picture"
        onClick={() => void upload(new File([picture], 'dot.png', { type: 'image/png' }))}
      >
        picture
      </button>
      <button type="button" id="read" onClick={markRead}>
        read
      </button>
    </section>
  );
}

/** One point. */
const picture = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
);

export function Chat({ other }: { readonly other: string }) {
  const { name } = useConnection();
  const conversations = useConversations();
  const [isOpen, setOpen] = useState(true);
  const first = conversations.find(({ members }) => members?.some(({ userId }) => userId === other));
  return (
    <main>
      <p id="state">{name}</p>
      <ul id="conversations">
        {conversations.map((summary) => (
          <Item key={summary.conversationId} summary={summary} />
        ))}
      </ul>
      <button type="button" id="toggle" onClick={() => setOpen(!isOpen)}>
        toggle
      </button>
      {first && isOpen && <Room conversationId={first.conversationId} other={other} />}
    </main>
  );
}
