import {
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { ownTags, type Readers } from './reader.ts';

export const cognito: Readers = {
  'AWS::Cognito::UserPool': async ({ cognito: client }, { physicalId: UserPoolId }) => {
    const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
    const { MfaConfiguration, SoftwareTokenMfaConfiguration } = await client.send(
      new GetUserPoolMfaConfigCommand({ UserPoolId }),
    );
    return {
      AccountRecoverySetting: UserPool?.AccountRecoverySetting,
      AdminCreateUserConfig: {
        AllowAdminCreateUserOnly: UserPool?.AdminCreateUserConfig?.AllowAdminCreateUserOnly,
      },
      DeletionProtection: UserPool?.DeletionProtection,
      EnabledMfas: SoftwareTokenMfaConfiguration?.Enabled === true ? ['SOFTWARE_TOKEN_MFA'] : undefined,
      MfaConfiguration,
      Policies: UserPool?.Policies,
      EmailVerificationMessage: UserPool?.EmailVerificationMessage,
      EmailVerificationSubject: UserPool?.EmailVerificationSubject,
      SmsVerificationMessage: UserPool?.SmsVerificationMessage,
      VerificationMessageTemplate: UserPool?.VerificationMessageTemplate,
      UserPoolTags: ownTags(UserPool?.UserPoolTags),
    };
  },
  'AWS::Cognito::UserPoolClient': async ({ cognito: client }, { physicalId: ClientId, properties }) => {
    const UserPoolId = String(properties['UserPoolId']);
    const { UserPoolClient } = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    return {
      UserPoolId,
      AllowedOAuthFlowsUserPoolClient: UserPoolClient?.AllowedOAuthFlowsUserPoolClient,
      ExplicitAuthFlows: UserPoolClient?.ExplicitAuthFlows,
      PreventUserExistenceErrors: UserPoolClient?.PreventUserExistenceErrors,
      SupportedIdentityProviders: UserPoolClient?.SupportedIdentityProviders,
    };
  },
};
