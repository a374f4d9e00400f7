import { conversationView } from '../../../../client/terminal/chat/conversation-view.ts';
import { style } from '../../../../client/terminal/screen/style.ts';
import { chat, settle } from '../../support/chat.ts';

test('the first message of a chat that somebody has just begun says who writes, and shows no id', async () => {
  const { client, lapse } = chat();
  const written: string[] = [];
  const screen = {
    style: style(false),
    write: (text: string) => written.push(text),
    prompt: () => undefined,
    ask: () => undefined,
  };
  client.on('message', conversationView(client, screen).show);
  client.connect();
  await settle();
  lapse.create('d-0af3', ['alice', 'carol']);
  lapse.post('carol', 'd-0af3', 'hello');
  await settle();
  expect(written).toEqual([expect.stringMatching(/^\[carol\] \d\d:\d\d carol: hello/)]);
});
