import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccountRecovery, Mfa, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { TokenProvider } from '../configuration/access.ts';
import { declare } from '../data-map/declare.ts';

/** A user pool for an operator who has no token issuer: names and passwords, no address, no telephone. */
export class UserPoolProvider extends Construct {
  private readonly pool: UserPool;
  private readonly client: UserPoolClient;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.pool = new UserPool(this, 'Pool', {
      signInAliases: { username: true },
      accountRecovery: AccountRecovery.NONE,
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
      // Whoever wants to add an authenticator app can. A message to a telephone would need its number.
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    declare(this.pool, {
      name: 'users',
      kinds: ['account'],
      purpose:
        'sign-in: user names, and what proves a password and a second factor; no address, no telephone',
      life: 'until the operator deletes the user',
      deletion: 'by the operator, in the user pool',
    });
    this.client = this.pool.addClient('Client', {
      // The second only for who may call the pool by IAM: the operator, for a first token.
      authFlows: { userSrp: true, adminUserPassword: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
    });
  }

  get userPoolId(): string {
    return this.pool.userPoolId;
  }

  get clientId(): string {
    return this.client.userPoolClientId;
  }

  get tokens(): TokenProvider {
    const { region, urlSuffix } = Stack.of(this);
    const issuer = `https://cognito-idp.${region}.${urlSuffix}/${this.userPoolId}`;
    return { issuer, audience: this.clientId, jwksUri: `${issuer}/.well-known/jwks.json` };
  }
}
