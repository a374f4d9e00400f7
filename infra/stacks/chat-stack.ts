import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { TokenProvider } from '../configuration/auth.ts';
import { ChatApi } from '../constructs/chat-api.ts';
import type { FunctionCode } from '../constructs/chat-function.ts';
import { FixedRateSchedule } from '../constructs/fixed-rate-schedule.ts';
import { chatFunctions } from './chat-functions.ts';
import { operate } from './chat-operations.ts';
import { tellSettings } from './chat-settings.ts';
import type { DataStack } from './data-stack.ts';
import { grantStores } from './grants/grant-stores.ts';
import { holdPeriodMinutes } from './hold-times.ts';
import { LapseStack, type LapseStackProps } from './lapse-stack.ts';
import { purgePeriodMinutes } from './purge-period.ts';
import { reserveConcurrency } from './reserve-concurrency.ts';

export type ChatStackProps = LapseStackProps & {
  readonly data: DataStack;
  readonly code: FunctionCode;
  readonly provider: TokenProvider;
};

/** Everything that holds nothing: the API, its functions, what else calls them. */
export class ChatStack extends LapseStack {
  constructor(scope: Construct, id: string, props: ChatStackProps) {
    super(scope, id, { description: 'Lapse: the WebSocket API and its functions' }, props);
    const { configuration, data } = props;
    const api = new ChatApi(this, 'Chat', configuration);
    const fns = chatFunctions(this, props.code, {
      stored: configuration.messages.stored,
      handsOver: configuration.messages.handoverSeconds > 0,
      sweeps: configuration.purge.boundSeconds !== undefined,
    });
    grantStores({ fns, data, api });
    tellSettings(fns, configuration, props.provider);
    reserveConcurrency(this, configuration.concurrency);

    api.addConnect(fns.connect, fns.authorize);
    api.addDisconnect(fns.disconnect);
    api.addAction('$default', fns.default);
    api.addAction('hello', fns.hello);
    api.addAction('conversations', fns.conversations);
    api.addAction('consent', fns.consent);
    api.addAction('open', fns.open);
    api.addAction('members', fns.members);
    api.addAction('send', fns.send);
    api.addAction('upload', fns.upload);
    api.addAction('download', fns.download);
    api.addAction('history', fns.history);
    api.addAction('read', fns.read);
    api.addAction('typing', fns.typing);
    api.addAction('profile', fns.profile);
    api.addAction('erase', fns.erasure.erase);
    api.addAction('ping', fns.ping);
    api.addAction('export', fns.export);
    new FixedRateSchedule(this, 'TendExportsSchedule', fns.tendExports, 5);
    if (fns.retryPush !== undefined) data.retries?.consumeWith(fns.retryPush);
    new FixedRateSchedule(this, 'ExpireConnectionsSchedule', fns.expireConnections, 1);
    if (fns.sweepUploads !== undefined)
      new FixedRateSchedule(this, 'SweepUploadsSchedule', fns.sweepUploads, 5);
    if (fns.sweepHandovers !== undefined)
      new FixedRateSchedule(this, 'SweepHandoversSchedule', fns.sweepHandovers, 1);
    new FixedRateSchedule(this, 'ResumeErasuresSchedule', fns.erasure.resumeErasures, 5);
    new FixedRateSchedule(this, 'ApplyHoldsSchedule', fns.applyHolds, holdPeriodMinutes);
    const { boundSeconds } = configuration.purge;
    if (fns.purge !== undefined && boundSeconds !== undefined) {
      new FixedRateSchedule(this, 'PurgeSchedule', fns.purge, purgePeriodMinutes(boundSeconds));
    }
    operate(this, { configuration, data, api });

    new CfnOutput(this, 'WebSocketUrl', { value: api.url });
    if (data.retries !== undefined) {
      new CfnOutput(this, 'RetryQueueUrl', { value: data.retries.url });
      new CfnOutput(this, 'DeadLetterQueueUrl', { value: data.retries.deadLetterUrl });
    }
    if (data.userPool === undefined) return;
    new CfnOutput(this, 'UserPoolId', { value: data.userPool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: data.userPool.clientId });
  }
}
