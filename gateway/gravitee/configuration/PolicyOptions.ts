import type { Connection, Connector } from "../../../src";
import type { Exchange } from "../../http/Exchange";
import type { HostVariables } from "./HostVariables";
import type { PolicyConfiguration } from "./PolicyConfiguration";
import type { PolicyFailure } from "../errors/PolicyFailure";
import type { ResponseTemplates } from "./ResponseTemplates";

/**
 * Options of `awsLambdaPolicy`.
 *
 * @category Gateway
 */
export interface PolicyOptions {
  /** Gravitee's configuration of the policy, as an object or as JSON. */
  readonly configuration: PolicyConfiguration | string;

  /** Name of the step, and of the policy in reported failures. Defaults to `aws-lambda`. */
  readonly name?: string | undefined;

  /**
   * The Gravitee engine for which the configuration was written; the configuration does not say it.
   *
   * - `v4`: `flow` decides when the policy runs; a variable that fails ends the exchange; the function's status replaces the origin's.
   * - `v3`: `scope` decides when the policy runs; a variable that fails is skipped; the origin's status is kept.
   */
  readonly semantics: "v3" | "v4";

  /**
   * The flow that contains the step. A `v3` policy whose scope belongs to the other flow does nothing, as in Gravitee. Defaults to
   * `request`; with `v3`, to the flow of the scope.
   */
  readonly flow?: "request" | "response" | undefined;

  /** How AWS is reached, and the credentials to use when the configuration has none. Defaults to AWS's endpoints and this machine's credentials. */
  readonly connection?:
    Omit<Connection, "region" | "timeoutMs" | "connectTimeoutMs"> | undefined;

  /**
   * Creates a connector. Called once for each combination of region, credentials and other connection settings. The connectors are
   * closed by the step's `close()`. Defaults to `createConnector`.
   */
  readonly connect?: ((connection: Connection) => Connector) | undefined;

  /** Returns what the host knows about an exchange. Called each time the policy runs, and before that if `condition` needs it. Defaults to no host variables. */
  readonly variables?:
    | ((exchange: Exchange) => HostVariables | Promise<HostVariables>)
    | undefined;

  /** Resolves `#secrets.get('…')`. Required if `accessKey`, `secretKey` or `roleArn` uses it; other options must not. */
  readonly secrets?: ((path: string) => string | Promise<string>) | undefined;

  /** Responses to failures, by error key and media type. Defaults to Gravitee's default response. */
  readonly responseTemplates?: ResponseTemplates | undefined;

  /** Called for each failure, including those that the client does not see. */
  readonly onFailure?: ((failure: PolicyFailure) => unknown) | undefined;

  /** An expression. The policy does nothing when it is false. Defaults to always running. */
  readonly condition?: string | undefined;

  /** External ID of the role. Must not be set together with `externalIdKey`. Defaults to none. */
  readonly externalId?: string | undefined;

  /** Name of the Parameter Store parameter that holds the external ID. */
  readonly externalIdKey?: string | undefined;

  /**
   * How values are inserted into `payload`. `none` inserts them unchanged, as Gravitee does. `json` escapes them for use inside a JSON
   * string, so that a client cannot add members by sending a quotation mark. Defaults to `none`.
   */
  readonly escape?: "none" | "json" | undefined;

  /**
   * What `sendToConsumer` sends. `payload` sends the function's payload unchanged. `proxy` reads status, headers and body from the
   * payload, in the format of API Gateway's Lambda proxy integration. Defaults to `payload`.
   */
  readonly responseFormat?: "payload" | "proxy" | undefined;

  /**
   * What happens when the function fails. `fail` responds with Gravitee's error. `continue` runs the variables with the error in
   * `#lambdaResponse.content` and `#lambdaResponse.functionError`. Defaults to `fail`.
   */
  readonly onFunctionError?: "fail" | "continue" | undefined;

  /**
   * Whether the request continues when the policy fails, for functions that only observe. A client can make a policy fail, for example by
   * a body above `bodyLimit`. Defaults to false.
   */
  readonly failSafe?: boolean | undefined;

  /**
   * Whether the client sees the details of an error. `hidden`: only Gravitee's fixed text; `onFailure` receives the details.
   * `shown`, as in Gravitee: AWS's message, with account IDs, users and role names, or the expression that failed. Defaults
   * to `hidden`.
   */
  readonly details?: "shown" | "hidden" | undefined;

  /** Maximum size of a body that expressions read, in bytes. Defaults to 6,291,456, Lambda's payload limit. */
  readonly bodyLimit?: number | undefined;

  /** Whether the configuration's `endpoint` is used as the base URL of AWS, as in Gravitee's own tests. Defaults to false. */
  readonly honourEndpoint?: boolean | undefined;
}
