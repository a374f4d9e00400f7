import { basicClient } from 'lapse-client/basic';

/** Without React: the small client, in a page of its own. */
const given = new URLSearchParams(location.search);
const token = async () => (await fetch(`${given.get('token')}?sub=${given.get('user')}`)).text();
const client = basicClient({ url: given.get('url') ?? '', token });
client.on('message', ({ content }) => {
  const item = document.createElement('li');
  item.textContent = content.type === 'text' ? content.text : content.type;
  document.querySelector('#messages')?.append(item);
});
client.connect();
const { conversationId } = await client.open({ kind: 'direct', members: [given.get('to') ?? ''] });
await client.send(conversationId, 'plain hello');
