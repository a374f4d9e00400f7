import type { Topic } from './topic.ts';
import { block } from './topics/block.ts';
import { changes } from './topics/changes.ts';
import { consent } from './topics/consent.ts';
import { content } from './topics/content.ts';
import { conversations } from './topics/conversations.ts';
import { delivered } from './topics/delivered.ts';
import { devices } from './topics/devices.ts';
import { erase } from './topics/erase.ts';
import { exporting } from './topics/export.ts';
import { frames } from './topics/frames.ts';
import { handshake } from './topics/handshake.ts';
import { history } from './topics/history.ts';
import { list } from './topics/list.ts';
import { media } from './topics/media.ts';
import { members } from './topics/members.ts';
import { pins } from './topics/pins.ts';
import { presence } from './topics/presence.ts';
import { profile } from './topics/profile.ts';
import { pushToken } from './topics/push-token.ts';
import { react } from './topics/react.ts';
import { read } from './topics/read.ts';
import { report } from './topics/report.ts';
import { resume } from './topics/resume.ts';
import { rooms } from './topics/rooms.ts';
import { search } from './topics/search.ts';
import { send } from './topics/send.ts';
import { settings } from './topics/settings.ts';
import { typing } from './topics/typing.ts';
import { waiting } from './topics/waiting.ts';

/** What docs/protocol.md promises a client, asked of a deployment from outside. */
export const suite: readonly Topic[] = [
  handshake,
  consent,
  frames,
  conversations,
  members,
  waiting,
  send,
  content,
  history,
  react,
  search,
  changes,
  pins,
  read,
  delivered,
  typing,
  devices,
  list,
  settings,
  presence,
  rooms,
  resume,
  profile,
  block,
  report,
  pushToken,
  media,
  exporting,
  erase,
];
