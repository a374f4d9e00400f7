import { GetRoleCommand, GetRolePolicyCommand, ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam';
import type { Readers } from './reader.ts';

const parsed = (document: string | undefined): unknown => JSON.parse(decodeURIComponent(document ?? 'null'));

export const iam: Readers = {
  'AWS::IAM::Role': async ({ iam: client }, { physicalId: RoleName }) => {
    const { Role } = await client.send(new GetRoleCommand({ RoleName }));
    const { AttachedPolicies = [] } = await client.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    return {
      AssumeRolePolicyDocument: parsed(Role?.AssumeRolePolicyDocument),
      ManagedPolicyArns:
        AttachedPolicies.length === 0 ? undefined : AttachedPolicies.map(({ PolicyArn }) => PolicyArn),
      Tags: Role?.Tags?.filter(({ Key }) => Key?.startsWith('aws:') !== true),
    };
  },
  'AWS::IAM::Policy': async ({ iam: client }, { properties }) => {
    const [RoleName] = Array.isArray(properties['Roles']) ? properties['Roles'].map(String) : [];
    const { PolicyName, PolicyDocument } = await client.send(
      new GetRolePolicyCommand({ RoleName, PolicyName: String(properties['PolicyName']) }),
    );
    return { PolicyName, PolicyDocument: parsed(PolicyDocument), Roles: [RoleName] };
  },
};
