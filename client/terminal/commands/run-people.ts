import type { LapseClient } from '../../lapse-client.ts';
import { personName } from '../../words/person-name.ts';
import { reactionWords } from '../../words/reaction-words.ts';
import { reportedWords } from '../../words/report-words.ts';
import { clockTime } from '../rendering/render.ts';
import { safeLine } from '../rendering/safe-text.ts';
import type { CommandContext } from './command-context.ts';
import type { PeopleCommand } from './parse-people.ts';

/** Does what has to do with people. */
export async function runPeople(command: PeopleCommand, context: CommandContext): Promise<void> {
  const { client, conversation } = context;
  const { write, style } = context.screen;
  const said = (words: string) => write(style.dim(words));
  switch (command.kind) {
    case 'members': {
      const conversationId = conversation.current();
      if (conversationId === undefined) return write(style.warning('of which group? /open #2 goes to one'));
      const { change } = command;
      if (change.leave === true && client.live(conversationId) !== undefined)
        await client.unwatch(conversationId);
      else {
        const { waiting = [] } = await client.changeMembers(conversationId, change);
        if (waiting.length > 0) said(`${names(waiting)} will be in it when they come`);
      }
      if (change.leave !== true && change.close !== true) return;
      conversation.leave();
      return said(change.leave === true ? 'you have left' : 'it is closed');
    }
    case 'mute':
    case 'arrange': {
      const conversationId = conversation.current();
      if (conversationId === undefined)
        return write(style.warning('of which conversation? /open #2 goes to one'));
      return said(await arrange(context, conversationId, command));
    }
    case 'block':
      await client.block(command.userId, command.blocked);
      return said(`${names([command.userId])} is ${command.blocked ? 'blocked' : 'not blocked any more'}`);
    case 'blocked':
      return said(client.blocked().size === 0 ? 'you block nobody' : names([...client.blocked()]));
    case 'report': {
      const conversationId = conversation.current();
      if (conversationId === undefined)
        return write(style.warning('of which conversation? /open #2 goes to one'));
      await client.report(conversationId, command.seq, command.reason);
      return said(reportedWords);
    }
    case 'react': {
      const conversationId = conversation.current();
      if (conversationId === undefined)
        return write(style.warning('in which conversation? /open #2 goes to one'));
      return said(await react(context, conversationId, command));
    }
    case 'pin':
    case 'pins': {
      const conversationId = conversation.current();
      if (conversationId === undefined)
        return write(style.warning('in which conversation? /open #2 goes to one'));
      if (command.kind === 'pins') return conversation.listPins(conversationId);
      await client.pin(conversationId, command.seq, command.on);
      return;
    }
    case 'settings':
      return write(settingsWords(await client.settings(command.changes)));
    case 'devices':
      return listDevices(context);
    case 'end':
      return endDevice(context, command.position);
    case 'title': {
      const conversationId = conversation.current();
      if (conversationId === undefined) return write(style.warning('of which group? /open #2 goes to one'));
      const { title } = await client.retitle(conversationId, command.title);
      return said(title === null ? 'it has no title any more' : `it is called ${safeLine(title)}`);
    }
    case 'room':
      return conversation.open({ kind: 'room', members: [], title: command.title });
    case 'watch':
      return conversation.watch(command.conversationId);
  }
}

const names = (userIds: readonly string[]): string =>
  userIds.map((userId) => safeLine(personName(userId))).join(', ');

type Settings = Awaited<ReturnType<LapseClient['settings']>>;

const settingsWords = ({ reads, deliveries, presence, lastActive }: Settings): string =>
  [
    `that you have read a message (reads):   ${reads ? 'on' : 'off'}`,
    `that one has come to you (deliveries):  ${deliveries ? 'on' : 'off'}`,
    `who sees that you are here (presence):  ${presence}`,
    `when you were last here (active):       ${lastActive}`,
  ].join('\n');

/** Oneself first, the others as they came. */
async function devicesOf({ client }: CommandContext): Promise<Awaited<ReturnType<LapseClient['devices']>>> {
  const devices = await client.devices();
  return devices.toSorted((a, b) => Number(b.current) - Number(a.current) || a.connectedAt - b.connectedAt);
}

async function listDevices(context: CommandContext): Promise<void> {
  const now = context.client.now();
  const lines = (await devicesOf(context)).map(
    ({ connectedAt, current }, index) =>
      `#${index + 1} since ${clockTime(connectedAt, now)}${current ? ', this terminal' : ''}`,
  );
  context.screen.write(lines.join('\n'));
}

async function endDevice(context: CommandContext, position: number): Promise<void> {
  const { write, style } = context.screen;
  const device = (await devicesOf(context))[position - 1];
  if (device === undefined) return write(style.warning('there is no such number; see /devices'));
  await context.client.devices(device.id);
  write(style.dim('it is signed out'));
}

const kinds: readonly PeopleCommand['kind'][] = [
  'members',
  'mute',
  'arrange',
  'block',
  'blocked',
  'report',
  'react',
  'pin',
  'pins',
  'settings',
  'devices',
  'end',
  'room',
  'watch',
  'title',
];

export const isPeople = (command: { readonly kind: string }): command is PeopleCommand =>
  kinds.some((kind) => kind === command.kind);

type React = Extract<PeopleCommand, { kind: 'react' }>;

/** Says what the message has been given by now. */
async function react({ client }: CommandContext, conversationId: string, command: React): Promise<string> {
  const newest = client.messages(conversationId).findLast(({ content }) => content.type !== 'event');
  const seq = command.seq ?? newest?.seq;
  if (seq === undefined) return 'there is no message yet';
  const { reactions } = await client.react(conversationId, seq, command.emoji, command.on);
  return safeLine(`no. ${seq}: ${reactionWords(reactions)}`);
}

type Arrange = Extract<PeopleCommand, { kind: 'mute' | 'arrange' }>;

/** Says what is so now. */
async function arrange(
  { client }: CommandContext,
  conversationId: string,
  command: Arrange,
): Promise<string> {
  if (command.kind === 'mute') {
    const until = command.seconds === 0 ? 0 : client.now() + command.seconds * 1000;
    await client.mute(conversationId, until);
    return until === 0 ? 'not muted any more' : `muted until ${clockTime(until, client.now())}`;
  }
  const { pinned, hidden } = command.changes;
  await client.arrange(conversationId, command.changes);
  if (pinned !== undefined)
    return pinned ? 'it stays at the top of the list' : 'it is not kept at the top any more';
  return hidden === true ? 'it is out of the list; /open and its name goes there' : 'it is in the list again';
}
