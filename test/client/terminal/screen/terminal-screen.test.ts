import { type Emulator, emulator } from './support/emulator.ts';

let terminal: Emulator;
beforeEach(() => {
  terminal = emulator();
});
afterEach(() => terminal.close());

const bare = (text: string) => text.replaceAll(/\s/gu, '');

test('what comes while a long draft is typed is shown above it, and nothing is lost', async () => {
  const draft = 'a draft that is longer than one row of this terminal, and than two of them as well';
  terminal.screen.write('first');
  terminal.screen.prompt('bob', false);
  terminal.type(draft);
  terminal.screen.write('second');
  terminal.screen.write('third');
  const rows = await terminal.rows();
  expect(rows.slice(0, 3)).toEqual(['first', 'second', 'third']);
  expect(bare(rows.slice(3).join(''))).toBe(bare(`bob> ${draft}`));
  terminal.type('!\r');
  expect(terminal.entered).toEqual([`${draft}!`]);
});

test('the cursor may stand anywhere in the draft', async () => {
  terminal.screen.prompt('bob', false);
  terminal.type('x'.repeat(100));
  terminal.type('\u001b[D'.repeat(60));
  terminal.screen.write('news');
  expect(await terminal.rows()).toEqual(['news', `bob> ${'x'.repeat(35)}`, 'x'.repeat(40), 'x'.repeat(25)]);
});

test('what was said goes away, however many rows it took and in whatever script', async () => {
  terminal.screen.write('before');
  terminal.screen.prompt('bob', false);
  terminal.type(`${'漢字'.repeat(20)}\r`);
  terminal.screen.prompt('bob', false);
  expect(await terminal.rows()).toEqual(['before', 'bob>']);
});

test('a command, and what has to wait for another, stays', async () => {
  terminal.screen.prompt('bob', false);
  terminal.type('/help\r');
  terminal.screen.prompt('bob', true);
  terminal.type('later\r');
  terminal.screen.prompt('bob', false);
  expect(await terminal.rows()).toEqual(['bob> /help', 'bob> later', 'bob>']);
});

const paste = (text: string) => `\u001b[200~${text.replaceAll('\n', '\r')}\u001b[201~`;

test('what was typed before the prompt came stays in it', async () => {
  terminal.type('early');
  terminal.screen.prompt('bob', false);
  terminal.type('!');
  expect(await terminal.rows()).toEqual(['bob> early!']);
});

test('what is pasted is one text, with what was typed around it', async () => {
  terminal.screen.prompt('bob', false);
  terminal.type(`see: ${paste('one\ntwo\nthree')}`);
  expect(terminal.entered).toEqual([]);
  terminal.screen.write('meanwhile');
  expect(await terminal.rows()).toEqual(['meanwhile', 'bob> see: one', '… two', '… three']);
  terminal.type('!\r');
  expect(terminal.entered).toEqual(['see: one\ntwo\nthree!']);
  terminal.screen.prompt('bob', false);
  expect(await terminal.rows()).toEqual(['meanwhile', 'bob>']);
});

test('the line of a question ends when the terminal is left', async () => {
  terminal.screen.ask('Do you agree? ');
  terminal.leave();
  terminal.screen.write('bye');
  expect(await terminal.rows()).toEqual(['Do you agree?', 'bye']);
});

test('what a command that was under way says after the terminal was left is written, and nothing is asked any more', async () => {
  terminal.screen.ask('Type yes to erase: ');
  terminal.leave();
  terminal.screen.write('nothing was erased');
  terminal.screen.prompt('bob', false);
  terminal.screen.ask('Do you agree? ');
  terminal.screen.write('bye');
  expect(await terminal.rows()).toEqual(['Type yes to erase:', 'nothing was erased', 'bye']);
});

test('no row of a text can pass for the beginning of another message', async () => {
  terminal.screen.write(`12:00 bob: ${'x '.repeat(14)}12:01 carol: I agree`);
  terminal.screen.write(`12:02 bob: ${'漢'.repeat(15)}12:03\u00a0carol:\u00a0yes`);
  const rows = await terminal.rows();
  expect(rows.filter((row) => !row.startsWith(' '))).toEqual([
    expect.stringMatching(/^12:00 bob/),
    expect.stringMatching(/^12:02 bob/),
  ]);
});

test('an address stays whole, so that it can be opened', async () => {
  const address = `https://files.example/${'a'.repeat(60)}`;
  terminal.screen.write(`12:00 bob: look ${address} there`);
  expect((await terminal.rows()).join('')).toContain(address);
});
