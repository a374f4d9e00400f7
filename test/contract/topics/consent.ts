import assert from 'node:assert/strict';
import type { Frame } from '../../support/chat-person.ts';
import { arrive, type Entered, enter, grantOf, leave, without } from '../enter.ts';
import type { Deployment, Topic } from '../topic.ts';

const code = (reply: Frame): string | undefined => reply.error?.code;

const thisYear = () => new Date().getUTCFullYear();

const withoutConsent = async (deployment: Deployment, run: (carol: Entered) => Promise<void>) =>
  without(deployment, deployment.people.carol, run);

export const consent: Topic = {
  title: 'consent',
  checks: [
    [
      'without it hello and ping work, and nothing else, whatever else is wrong with the frame',
      (deployment) =>
        withoutConsent(deployment, async (carol) => {
          assert.match(carol.hello.consent.state, /^(none|stale|withdrawn)$/);
          assert.equal(carol.hello.conversations, undefined);
          assert.equal(typeof (await carol.call('ping')).serverTime, 'number');
          for (const action of ['open', 'send', 'history', 'conversations', 'profile'])
            assert.equal(code(await carol.call(action, { nonsense: true })), 'CONSENT_REQUIRED', action);
        }),
    ],
    [
      'another policy version, an unknown jurisdiction, no possible date: refused by name',
      (deployment) =>
        withoutConsent(deployment, async (carol) => {
          const grant = grantOf(carol);
          const { birthDate: _birthDate, ...undated } = grant;
          const refused = async (fields: object) => code(await carol.call('consent', fields));
          assert.equal(await refused({ ...grant, policyVersion: 'no such version' }), 'CONSENT_STALE');
          for (const jurisdiction of ['ZZ', 'kr', 'Atlantis'])
            assert.equal(await refused({ ...grant, jurisdiction }), 'JURISDICTION_UNKNOWN');
          assert.equal(await refused({ ...grant, birthDate: `${thisYear() + 1}-01-01` }), 'INVALID_FRAME');
          assert.equal(await refused(undated), 'INVALID_FRAME');
        }),
    ],
    [
      'who was too young stays so for a while, on every socket and whatever they say next',
      async (deployment) => {
        const young = await arrive(deployment, deployment.people.young);
        const grant = grantOf(young);
        const { birthDate: _birthDate, ...undated } = grant;
        const tooYoung = { ...grant, birthDate: `${thisYear() - 3}-01-01` };
        assert.equal(code(await young.call('consent', tooYoung)), 'AGE_NOT_MET');
        const phone = await arrive(deployment, deployment.people.young);
        for (const socket of [young, phone])
          for (const frame of [grant, { ...undated, ageBand: [18, null] }, { ...undated, ageBand: [3, 90] }])
            assert.equal(code(await socket.call('consent', frame)), 'AGE_NOT_MET');
        await leave(young, phone);
        const back = await arrive(deployment, deployment.people.young);
        assert.equal(back.hello.consent.state, 'none');
        await leave(back);
      },
    ],
    [
      'a grant works from the next connection on',
      (deployment) =>
        withoutConsent(deployment, async (before) => {
          assert.equal((await before.call('consent', grantOf(before))).state, 'granted');
          const carol = await arrive(deployment, deployment.people.carol);
          assert.equal(carol.hello.consent.state, 'granted');
          assert(Array.isArray(carol.hello.conversations));
          await leave(carol);
        }),
    ],
    [
      'a withdrawal says bye on every open socket, cuts it, and refuses what comes later',
      async (deployment) => {
        const carol = await enter(deployment, deployment.people.carol);
        const phone = await enter(deployment, deployment.people.carol);
        assert.equal((await carol.call('consent', { decision: 'withdraw' })).state, 'withdrawn');
        await Promise.all([carol.closed, phone.closed]);
        const bye = { type: 'bye', reason: 'CONSENT_WITHDRAWN', reconnect: false };
        for (const device of [carol, phone]) assert.deepEqual(device.pushes.at(-1), bye);
        const back = await arrive(deployment, deployment.people.carol);
        assert.equal(back.hello.consent.state, 'withdrawn');
        assert.equal(code(await back.call('conversations')), 'CONSENT_REQUIRED');
        await leave(back);
      },
    ],
  ],
};
