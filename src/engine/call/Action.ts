import type { Attempt } from "./Attempt";
import type { Service } from "../connection/sdkClients";

/** An action of an AWS service, and how a request for it is sent. */
export interface Action<Input, Output> {
  readonly service: Service;
  /** As in IAM and the AWS API reference. */
  readonly name: string;
  /** Makes one attempt. */
  readonly send: (attempt: Attempt, input: Input) => Promise<Output>;
}
