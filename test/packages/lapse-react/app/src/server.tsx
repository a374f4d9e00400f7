import { lapseClient } from 'lapse-client';
import {
  LapseProvider,
  useConnection,
  useConversations,
  useMessages,
  usePresence,
  useSend,
  useTyping,
} from 'lapse-react';
import { renderToString } from 'react-dom/server';

/** On a server: there is no connection, and none is made. */
function Whole() {
  const { messages, hasOlder } = useMessages('d-1');
  const { typing } = useTyping('d-1');
  const { pending } = useSend('d-1');
  const rows = [useConversations(), messages, typing, pending, Object.keys(usePresence(['bob']))];
  return <p>{`${useConnection().name} ${String(hasOlder)} ${rows.map(({ length }) => length).join()}`}</p>;
}

class Forbidden {
  constructor() {
    throw new Error('a server connects nobody');
  }
  send(): void {}
  close(): void {}
  addEventListener(): void {}
}
const client = lapseClient({ url: 'wss://example.com/v1', token: async () => '', WebSocket: Forbidden });
export const html: string = renderToString(
  <LapseProvider client={client}>
    <Whole />
  </LapseProvider>,
);
export const outside: () => string = () => renderToString(<Whole />);
