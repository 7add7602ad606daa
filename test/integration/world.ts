import type { Connection } from "aws-lambda-connector";
import {
  startLocalAws,
  type LocalAws,
  type LocalAwsOptions,
} from "aws-lambda-connector/local";

/** A customer's account, with a role that requires an external ID. */
export const CUSTOMER = "222233334444";
export const EXTERNAL_ID = "only-we-two-know-it";
export const ROLE_ARN = `arn:aws:iam::${CUSTOMER}:role/tibco_sidecar_connector_prices`;
export const OFFER_ARN = `arn:aws:lambda:eu-central-1:${CUSTOMER}:function:offer`;

/** An embedded AWS with the caller's functions, and a customer with a function and a role. */
export function startWorld(options: LocalAwsOptions = {}): Promise<LocalAws> {
  return startLocalAws({
    parameters: {
      "/acme/prod/trustKey": EXTERNAL_ID,
      "/acme/old/trustKey": "another-external-id",
    },
    accounts: {
      [CUSTOMER]: {
        functions: {
          offer: (event: unknown) => ({ offered: event }),
          secret: () => "not for the role",
        },
        roles: { tibco_sidecar_connector_prices: trustedRole() },
      },
    },
    ...options,
  });
}

/** A connection to an embedded AWS, as its administrator. */
export function connectionTo(local: LocalAws): Connection {
  const { endpoint, region, credentials } = local;
  return { endpoint, region, credentials };
}

/** A role that trusts the caller's account on the external ID, and may invoke. */
export function trustedRole(externalId = EXTERNAL_ID) {
  return {
    trust: {
      Version: "2012-10-17" as const,
      Statement: [
        {
          Effect: "Allow" as const,
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": externalId } },
        },
      ],
    },
    permissions: [
      {
        Version: "2012-10-17" as const,
        Statement: [
          {
            Effect: "Allow" as const,
            Action: "lambda:InvokeFunction",
            Resource: "*",
          },
        ],
      },
    ],
  };
}
