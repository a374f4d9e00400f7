import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { declare } from '../data-map/declare.ts';
import { CustomerKey } from './customer-key.ts';

/** A log of ids, codes, counts and times: gone after a week, and with the stack. */
export class OneWeekLogGroup extends LogGroup {
  constructor(scope: Construct, id: string, writer: string) {
    const key = CustomerKey.of(scope)?.key;
    super(scope, id, {
      retention: RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(key !== undefined && { encryptionKey: key }),
    });
    declare(this, {
      name: `logs/${writer}`,
      kinds: ['ids'],
      purpose: 'to find faults, and the audit of what operators ask',
      deletion: 'by its retention alone: an erasure does not reach into it',
    });
  }
}
