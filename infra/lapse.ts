import { type App, Tags, Validations } from 'aws-cdk-lib';
import { stageTag, systemName } from './configuration/system-name.ts';
import type { FunctionCode } from './constructs/chat-function.ts';
import { DataMapRules } from './data-map/data-map-rules.ts';
import { ChatStack } from './stacks/chat-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import type { LapseStackProps } from './stacks/lapse-stack.ts';

export type LapseProps = LapseStackProps & { readonly code: FunctionCode };

export type Lapse = { readonly data: DataStack; readonly chat: ChatStack };

/** The whole system: what holds data, and what works on it. */
export function lapse(app: App, props: LapseProps): Lapse {
  const { stage, auth } = props.configuration;
  const name = systemName(stage);
  const data = new DataStack(app, `${name}-Data`, props);
  const provider = auth.provider ?? data.userPool?.tokens;
  if (provider === undefined) throw new Error('neither a token issuer nor a user pool');
  const chat = new ChatStack(app, `${name}-Chat`, { ...props, data, provider });
  Tags.of(app).add('lapse:application', 'lapse');
  Tags.of(app).add('lapse:stage', stageTag(stage));
  Validations.of(app).addPlugins(new DataMapRules(props.configuration.regions));
  return { data, chat };
}
