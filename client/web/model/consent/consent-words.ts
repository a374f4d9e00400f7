import type { HelloResult, Stored } from '../../../../shared/protocol/session/table.ts';
import { plainDuration } from '../../../words/plain-duration.ts';

export type ConsentWords = {
  readonly reason: string;
  readonly messages: string;
  readonly profile: string;
  readonly policyVersion: string;
  /** Absent when there is none, or none that a page may link to. */
  readonly policyUrl?: string;
};

const reasons = {
  none: 'Before you chat, please read what happens to what you write.',
  stale: 'The policy has changed since you agreed. Please read what holds now.',
  withdrawn: 'You have withdrawn your agreement. To chat again, please read this.',
  granted: 'You have agreed to this.',
} as const;

const kept = ({ stored, seconds }: Stored): string =>
  stored ? `kept for ${plainDuration(seconds)}, then deleted for good` : 'passed on and never stored';

export function consentWords({ consent, retention }: HelloResult): ConsentWords {
  const { policyVersion, policyUrl } = consent;
  return {
    reason: reasons[consent.state],
    messages: `Your messages are ${kept(retention.messages)}.`,
    profile: `Your profile is ${kept(retention.profiles)}.`,
    policyVersion,
    ...(policyUrl !== undefined && isWebAddress(policyUrl) && { policyUrl }),
  };
}

/** A `javascript:` link would run in this page. */
const isWebAddress = (url: string): boolean => /^https?:$/u.test(URL.parse(url)?.protocol ?? '');
