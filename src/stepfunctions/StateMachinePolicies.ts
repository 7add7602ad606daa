import type { DistributedMapRequest } from "./DistributedMapRequest";
import { MAP_LABEL } from "./StateMachineDefinition";

/** A statement of a permission policy. */
export interface StateMachineRoleStatement {
  /** What the statement is for. */
  readonly Sid: string;

  /** The statement allows the actions. */
  readonly Effect: "Allow";

  /** Allowed actions. */
  readonly Action: readonly string[];

  /** ARNs of the resources that the actions are allowed on. */
  readonly Resource: readonly string[];
}

/** The permission policy of a state machine's role. `JSON.stringify(policy, null, 2)` is the JSON to paste into IAM. */
export interface StateMachineRolePolicy {
  /** Version of IAM's policy language. */
  readonly Version: "2012-10-17";

  /** The statements: invoking the functions, starting the workflows of the requests, reading the items and writing the results. */
  readonly Statement: readonly StateMachineRoleStatement[];
}

/** The trust policy of a state machine's role. `JSON.stringify(policy, null, 2)` is the JSON to paste into IAM. */
export interface StateMachineTrustPolicy {
  /** Version of IAM's policy language. */
  readonly Version: "2012-10-17";

  /** The only statement. */
  readonly Statement: readonly [
    {
      /** The statement allows the action. */
      readonly Effect: "Allow";

      /** Who may assume the role: Step Functions. */
      readonly Principal: {
        /** Step Functions. */
        readonly Service: "states.amazonaws.com";
      };

      /** The allowed action. */
      readonly Action: "sts:AssumeRole";

      /** Only for this state machine, which prevents the confused deputy problem. */
      readonly Condition: {
        /** Requires an exact match. */
        readonly StringEquals: {
          /** Account of the state machine. */
          readonly "aws:SourceAccount": string;
        };

        /** Requires one of several ARNs, with wildcards. */
        readonly ArnLike: {
          /** The state machine, with its versions and aliases and its map. */
          readonly "aws:SourceArn": readonly string[];
        };
      };
    },
  ];
}

/**
 * Creates the policy of the state machine's role. It does not contain `states:RedriveExecution`: redriving a run sends requests
 * again that may have run.
 */
export function createRolePolicy(
  request: DistributedMapRequest,
  functionArns: readonly string[],
): StateMachineRolePolicy {
  const { stateMachineArn, itemsBucket } = request;
  const { resultsBucket = itemsBucket } = request;
  const [, partition = ""] = stateMachineArn.split(":");
  const execution = stateMachineArn.replace(":stateMachine:", ":execution:");
  const bucket = `arn:${partition}:s3:::`;
  return {
    Version: "2012-10-17",
    Statement: [
      allow("InvokeFunctions", ["lambda:InvokeFunction"], functionArns),
      allow("StartWorkflows", ["states:StartExecution"], [stateMachineArn]),
      allow(
        "StopWorkflows",
        ["states:DescribeExecution", "states:StopExecution"],
        [`${execution}:*`, `${execution}/${MAP_LABEL}:*`],
      ),
      allow(
        "ReadItems",
        ["s3:GetObject"],
        [`${bucket}${itemsBucket}/${request.itemsKey}`],
      ),
      allow(
        "WriteResults",
        [
          "s3:PutObject",
          "s3:GetObject",
          "s3:ListMultipartUploadParts",
          "s3:AbortMultipartUpload",
        ],
        [`${bucket}${resultsBucket}/${request.resultsPrefix}/*`],
      ),
    ],
  };
}

function allow(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
): StateMachineRoleStatement {
  return { Sid: sid, Effect: "Allow", Action: actions, Resource: resources };
}

/** Creates the trust policy of the state machine's role. */
export function createTrustPolicy({
  stateMachineArn,
}: DistributedMapRequest): StateMachineTrustPolicy {
  const [, , , , account = ""] = stateMachineArn.split(":");
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "states.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: {
            "aws:SourceArn": [
              stateMachineArn,
              `${stateMachineArn}:*`,
              `${stateMachineArn}/*`,
            ],
          },
        },
      },
    ],
  };
}
