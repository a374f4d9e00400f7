import { setTimeout } from 'node:timers/promises';
import * as z from 'zod/mini';
import { shownInNotifications } from '../configuration/notifications.ts';
import { eventBusGateway, putEventsClient } from '../events/event-bus-gateway.ts';
import { nicknameOf } from '../notifications/nickname-of.ts';
import type { Environment } from '../runtime/environment.ts';
import { together } from './compose.ts';
import { ifProfilesStored } from './modes.ts';
import { profileRetention } from './retention.ts';
import { senders } from './senders.ts';
import { contacts, profiles } from './stores.ts';

const settings = z.object({
  busArn: z.string(),
  source: z.string(),
  show: z.enum(shownInNotifications),
  tokenSeconds: z.number(),
});

export const shownOfMessages = ({ notifications }: Environment) => settings.parse(notifications).show;
export const pushTokenSeconds = ({ notifications }: Environment) =>
  settings.parse(notifications).tokenSeconds;

export const notificationBus = ({ notifications }: Environment) => {
  const { busArn: arn, source } = settings.parse(notifications);
  return eventBusGateway(putEventsClient(), { arn, source }, async (millis) => setTimeout(millis));
};

const nicknameDeps = together({ profiles, profileRetention, contactsAmong: contacts, senders });
export const nicknames = ifProfilesStored((environment) => nicknameOf(nicknameDeps(environment)));
