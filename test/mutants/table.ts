import type { Mutant } from './mutant.ts';
import { access } from './table/access.ts';
import { accountErasure } from './table/account-erasure.ts';
import { age } from './table/age.ts';
import { attack } from './table/attack.ts';
import { changes } from './table/changes.ts';
import { chatStores } from './table/chat-stores.ts';
import { content } from './table/content.ts';
import { conversationEnds } from './table/conversation-ends.ts';
import { dataMap } from './table/data-map.ts';
import { events } from './table/events.ts';
import { exportMutants } from './table/exports.ts';
import { files } from './table/files.ts';
import { forwards } from './table/forwards.ts';
import { imports } from './table/imports.ts';
import { lists } from './table/lists.ts';
import { machinery } from './table/machinery.ts';
import { members } from './table/members.ts';
import { moderation } from './table/moderation.ts';
import { notifications } from './table/notifications.ts';
import { operator } from './table/operator.ts';
import { pins } from './table/pins.ts';
import { privacyStores } from './table/privacy-stores.ts';
import { profiles } from './table/profiles.ts';
import { reach } from './table/reach.ts';
import { reactions } from './table/reactions.ts';
import { reports } from './table/reports.ts';
import { retention } from './table/retention.ts';
import { rooms } from './table/rooms.ts';
import { safety } from './table/safety.ts';
import { texts } from './table/texts.ts';
import { titles } from './table/titles.ts';

export const mutants: readonly Mutant[] = [
  ...chatStores,
  ...privacyStores,
  ...access,
  ...accountErasure,
  ...age,
  ...attack,
  ...imports,
  ...lists,
  ...changes,
  ...events,
  ...members,
  ...moderation,
  ...notifications,
  ...forwards,
  ...pins,
  ...profiles,
  ...reach,
  ...reactions,
  ...reports,
  ...retention,
  ...rooms,
  ...safety,
  ...texts,
  ...titles,
  ...content,
  ...conversationEnds,
  ...dataMap,
  ...operator,
  ...exportMutants,
  ...files,
  ...machinery,
];
