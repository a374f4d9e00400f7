import {
  DeleteEndpointCommand,
  ListEndpointsByPlatformApplicationCommand,
  SNSClient,
} from '@aws-sdk/client-sns';

/**
 * Deletes the endpoints of the applications. SNS keeps each token that it was given until somebody does; whoever signs out or erases their account is not to stay
 * there. The next notification makes the endpoint anew. What is left when the time is over goes with the next run.
 */
export async function forgetEndpoints(
  applications: readonly string[],
  isOver: () => boolean,
  client: Pick<SNSClient, 'send'> = new SNSClient(),
): Promise<number> {
  let deleted = 0;
  for (const PlatformApplicationArn of applications) {
    let NextToken: string | undefined;
    do {
      const page = await client.send(
        new ListEndpointsByPlatformApplicationCommand({
          PlatformApplicationArn,
          ...(NextToken !== undefined && { NextToken }),
        }),
      );
      for (const { EndpointArn } of page.Endpoints ?? []) {
        if (isOver()) return deleted;
        await client.send(new DeleteEndpointCommand({ EndpointArn }));
        deleted += 1;
      }
      NextToken = page.NextToken === '' ? undefined : page.NextToken;
    } while (NextToken !== undefined);
  }
  return deleted;
}
