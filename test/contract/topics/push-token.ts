import assert from 'node:assert/strict';
import { enter, leave } from '../enter.ts';
import type { Topic } from '../topic.ts';

const namesIn = (devices: readonly { readonly device: string }[]) => devices.map(({ device }) => device);

export const pushToken: Topic = {
  title: 'push token',
  checks: [
    [
      'a device is registered, its token takes the place of the one before, and it is taken away; or the operator notifies nobody',
      async (deployment) => {
        const bob = await enter(deployment, deployment.people.bob);
        const registering = { device: 'contract-phone', platform: 'fcm' };
        const first = await bob.call('pushToken', { ...registering, token: 'contract-1' });
        if (first.type === 'error') {
          assert.equal(first.error.code, 'UNKNOWN_ACTION');
          return leave(bob);
        }
        const second = await bob.call('pushToken', { ...registering, token: 'contract-2' });
        assert.deepEqual(namesIn(second.devices), namesIn(first.devices));
        assert.ok(namesIn(second.devices).includes('contract-phone'));
        assert.ok(!JSON.stringify(second).includes('contract-2'));
        const wrong = [
          { device: 'contract-phone', token: 'contract-3' },
          { ...registering, token: null },
          { ...registering, platform: 'apns', token: 'no hexadecimal' },
          { ...registering, token: '' },
        ];
        for (const fields of wrong) {
          const { error } = await bob.call('pushToken', fields);
          assert.equal(error?.code, 'INVALID_FRAME');
        }
        const gone = await bob.call('pushToken', { device: 'contract-phone', token: null });
        assert.ok(!namesIn(gone.devices).includes('contract-phone'));
        await leave(bob);
      },
    ],
  ],
};
