import assert from 'node:assert/strict';
import type { Device } from '../../../shared/protocol/session/table.ts';
import { enter, leave } from '../enter.ts';
import type { Topic } from '../topic.ts';

const isBye = ({ type }: { type: string }) => type === 'bye';
const bye = { type: 'bye', reason: 'ENDED', reconnect: false };
const currentOf = (devices: readonly Device[]) => devices.filter(({ current }) => current);

export const devices: Topic = {
  title: 'devices',
  checks: [
    [
      'lists the own connections and ends one of them, once',
      async (deployment) => {
        const phone = await enter(deployment, deployment.people.bob);
        const desk = await enter(deployment, deployment.people.bob);
        const [ofPhone] = currentOf((await phone.call('devices')).devices);
        const listed: readonly Device[] = (await desk.call('devices')).devices;
        const [ofDesk] = currentOf(listed);
        assert(ofPhone !== undefined && ofDesk !== undefined);
        assert(listed.some(({ id, current }) => id === ofPhone.id && !current));
        for (let attempt = 0; attempt < 2; attempt += 1) {
          const left: readonly Device[] = (await desk.call('devices', { end: ofPhone.id })).devices;
          assert(!left.some(({ id }) => id === ofPhone.id));
          assert.deepEqual(currentOf(left), [ofDesk]);
        }
        await phone.closed;
        assert.deepEqual(phone.pushes.filter(isBye), [bye]);
        assert.equal((await desk.call('ping')).type, 'ack');
        await leave(desk);
      },
    ],
    [
      'ends the one that asks, after its ack',
      async (deployment) => {
        const phone = await enter(deployment, deployment.people.bob);
        const [own] = currentOf((await phone.call('devices')).devices);
        const { type, devices: left } = await phone.call('devices', { end: own?.id });
        assert.equal(type, 'ack');
        assert.deepEqual(currentOf(left), []);
        await phone.closed;
        assert.deepEqual(phone.pushes.filter(isBye), [bye]);
      },
    ],
    [
      'ends nobody else’s',
      async (deployment) => {
        const alice = await enter(deployment, deployment.people.alice);
        const mallory = await enter(deployment, deployment.people.mallory);
        const [hers] = currentOf((await alice.call('devices')).devices);
        const { devices: left } = await mallory.call('devices', { end: hers?.id });
        assert(!left.some(({ id }: Device) => id === hers?.id));
        assert.deepEqual(currentOf((await alice.call('devices')).devices), [hers]);
        assert.deepEqual(alice.pushes.filter(isBye), []);
        await leave(alice, mallory);
      },
    ],
  ],
};
