import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListEntitiesForPolicyCommand,
} from '@aws-sdk/client-iam';
import type { Readers } from './reader.ts';

const parsed = (document: string | undefined): unknown => JSON.parse(decodeURIComponent(document ?? 'null'));

/** What does not fit into the inline policy of a role, CDK puts into one that says itself whose it is: it is read by itself. */
const isOverflow = (arn: string | undefined): boolean => /:policy\/[\w-]*RoleOverflowPolicy/.test(arn ?? '');

export const iam: Readers = {
  'AWS::IAM::Role': async ({ iam: client }, { physicalId: RoleName }) => {
    const { Role } = await client.send(new GetRoleCommand({ RoleName }));
    const { AttachedPolicies = [] } = await client.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    const arns = AttachedPolicies.map(({ PolicyArn }) => PolicyArn).filter((arn) => !isOverflow(arn));
    return {
      AssumeRolePolicyDocument: parsed(Role?.AssumeRolePolicyDocument),
      ManagedPolicyArns: arns.length === 0 ? undefined : arns,
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
  'AWS::IAM::ManagedPolicy': async ({ iam: client }, { physicalId: PolicyArn }) => {
    const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
    const { PolicyVersion } = await client.send(
      new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
    );
    const { PolicyRoles = [] } = await client.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
    return {
      Description: Policy?.Description,
      Path: Policy?.Path,
      PolicyDocument: parsed(PolicyVersion?.Document),
      Roles: PolicyRoles.map(({ RoleName }) => RoleName),
    };
  },
};
