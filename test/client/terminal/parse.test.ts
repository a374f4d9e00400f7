import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseCommand } from '../../../client/terminal/commands/parse-command.ts';
import { parseArguments } from '../../../client/terminal/parse-arguments.ts';

test.each([
  [['alice'], { kind: 'chat', userId: 'alice', port: 8787 }],
  [['alice', '--to', 'bob', '--port=9000'], { kind: 'chat', userId: 'alice', port: 9000, to: 'bob' }],
  [['--port', '9000', 'alice'], { kind: 'chat', userId: 'alice', port: 9000 }],
  [
    ['--url', 'wss://chat.example', '--token-command', 'give me one', '--to', 'x'],
    { kind: 'deployed', url: 'wss://chat.example', tokenCommand: 'give me one', to: 'x' },
  ],
  [
    ['Zoë', '--to', '김민지'],
    { kind: 'chat', userId: 'Zo%C3%AB', port: 8787, to: '%EA%B9%80%EB%AF%BC%EC%A7%80' },
  ],
  [['alice', '--help'], { kind: 'help' }],
])('arguments %j', (words, expected) => {
  expect(parseArguments(words)).toEqual(expected);
});

test.each([
  [[], /say who you are/],
  [['alice', 'bob'], /--to bob/],
  [['a#b'], /“a#b” cannot be a name/],
  [['alice', '--to', 'b ob'], /“b ob” cannot be a name/],
  [['alice', '--port', 'x'], /--port is a number from 1 to 65535/],
  [['alice', '--port', '70000'], /--port is a number from 1 to 65535/],
  [['alice', '--to'], /--to needs a value/],
  [['alice', '--to='], /--to needs a value/],
  [['alice', '--port', '--to', 'bob'], /--port needs a value/],
  [['alice', '--help=1'], /--help takes no value/],
  [['alice', '-x'], /-x is not known/],
  [['alice', '--colour'], /--colour is not known/],
  [['--url', 'wss://chat.example'], /--url and --token-command go together/],
  [['--url', 'ws://chat.example', '--token-command', 'x'], /--url is a wss:\/\/ address/],
  [['--url', 'wss://chat.example', '--token-command', 'x', 'alice'], /leave the name out/],
  [['--url', 'wss://chat.example', '--token-command', 'x', '--port', '1'], /either --port/],
])('arguments %j are a mistake that says what to do', (words, message) => {
  expect(parseArguments(words)).toEqual({ kind: 'mistake', message: expect.stringMatching(message) });
});

test.each([
  ['hello', { kind: 'say', text: 'hello' }],
  ['  ', { kind: 'nothing' }],
  ['/export', { kind: 'export' }],
  ['//shrug', { kind: 'say', text: '/shrug' }],
  ['/open bob', { kind: 'open', userId: 'bob' }],
  ['/open 김민지', { kind: 'open', userId: '%EA%B9%80%EB%AF%BC%EC%A7%80' }],
  ['/open #2', { kind: 'pick', position: 2 }],
  ['/group trip: to rome: bob, carol', { kind: 'group', title: 'trip: to rome', members: ['bob', 'carol'] }],
  ['/send my photo.jpg', { kind: 'attach', path: 'my photo.jpg' }],
  ["/send '/tmp/my photo.jpg'", { kind: 'attach', path: '/tmp/my photo.jpg' }],
  ['/send my\\ \\(1\\).jpg', { kind: 'attach', path: 'my (1).jpg' }],
  ['/send ~/a.jpg', { kind: 'attach', path: join(homedir(), 'a.jpg') }],
  ['/send a~b', { kind: 'attach', path: 'a~b' }],
  ['/usr/bin\n/erase account', { kind: 'say', text: '/usr/bin\n/erase account' }],
  ['/withdraw', { kind: 'withdraw' }],
  ['/reply 12 yes, 3 of them', { kind: 'say', text: 'yes, 3 of them', replyTo: 12 }],
  ['/reply yes', { kind: 'say', text: 'yes', replyTo: 0 }],
  ['/reply 12', { kind: 'say', text: '12', replyTo: 0 }],
  ['/save 12', { kind: 'save', seq: 12 }],
  ['/save #12 "a b.jpg"', { kind: 'save', seq: 12, path: 'a b.jpg' }],
  ['/history', { kind: 'history' }],
  ['/search ferry  sunday', { kind: 'search', text: 'ferry  sunday' }],
  ['/members', { kind: 'who' }],
  ['/retry', { kind: 'retry' }],
  ['/add bob, carol', { kind: 'members', change: { add: ['bob', 'carol'] } }],
  ['/remove bob', { kind: 'members', change: { remove: ['bob'] } }],
  ['/role bob admin', { kind: 'members', change: { role: { userId: 'bob', role: 'admin' } } }],
  ['/mute 8h', { kind: 'mute', seconds: 28_800 }],
  ['/mute off', { kind: 'mute', seconds: 0 }],
  ['/pin', { kind: 'arrange', changes: { pinned: true } }],
  ['/unhide', { kind: 'arrange', changes: { hidden: false } }],
  ['/leave', { kind: 'members', change: { leave: true } }],
  ['/close', { kind: 'members', change: { close: true } }],
  ['/block 김민지', { kind: 'block', userId: '%EA%B9%80%EB%AF%BC%EC%A7%80', blocked: true }],
  ['/unblock bob', { kind: 'block', userId: 'bob', blocked: false }],
  ['/blocked', { kind: 'blocked' }],
  ['/settings', { kind: 'settings', changes: {} }],
  ['/settings reads off', { kind: 'settings', changes: { reads: false } }],
  ['/settings presence contacts', { kind: 'settings', changes: { presence: 'contacts' } }],
  ['/settings active never', { kind: 'settings', changes: { lastActive: 'never' } }],
  ['/devices', { kind: 'devices' }],
  ['/end 2', { kind: 'end', position: 2 }],
  ['/room Town square', { kind: 'room', title: 'Town square' }],
  ['/watch r-1', { kind: 'watch', conversationId: 'r-1' }],
  ['/who', { kind: 'who' }],
  ['/list', { kind: 'list' }],
  ['/quit', { kind: 'quit' }],
  ['/help', { kind: 'help' }],
  ['/erase message 12', { kind: 'erase', what: { scope: 'message', seq: 12 } }],
  ['/erase message #3', { kind: 'erase', what: { scope: 'message', seq: 3 } }],
  ['/erase conversation', { kind: 'erase', what: { scope: 'conversation' } }],
  ['/erase profile', { kind: 'erase', what: { scope: 'profile' } }],
  ['/erase account', { kind: 'erase', what: { scope: 'account' } }],
])('command %j', (line, expected) => {
  expect(parseCommand(line)).toEqual(expected);
});

test.each([
  '/open',
  '/open a b',
  '/group rome',
  '/group : bob',
  '/group rome:',
  '/hepl',
  '/send',
  '/save',
  '/save x',
  '/save 0',
  '/erase',
  '/erase me',
  '/erase message',
  '/erase message 0',
  '/erase message x',
])('command %j is a mistake', (line) => {
  expect(parseCommand(line).kind).toBe('mistake');
});
