import type { Connection, Connector } from "../../../src";
import type { Exchange } from "../../http/Exchange";
import type { HostVariables } from "./HostVariables";
import type { PolicyConfiguration } from "./PolicyConfiguration";
import type { PolicyFailure } from "../errors/PolicyFailure";
import type { ResponseTemplates } from "./ResponseTemplates";

/**
 * What a policy is made of.
 *
 * @category Gateway
 */
export interface PolicyOptions {
  /** The vendor's own JSON, as text or as an object. */
  readonly configuration: PolicyConfiguration | string;

  /** What it is called where a failure is told. Absent: `aws-lambda`. */
  readonly name?: string;

  /**
   * Which of the vendor's engines it was written for. `v4`: `flow` decides where it runs, a variable that fails ends the exchange,
   * the function's status replaces the origin's. `v3`: `scope` decides, a variable that fails is passed over, the origin's status
   * stays. Configurations do not say it by themselves.
   */
  readonly semantics: "v3" | "v4";

  /**
   * The flow in which it stands. A `v3` policy of another scope does nothing there, as at the vendor's. Absent: `request`; for `v3`,
   * that of its scope.
   */
  readonly flow?: "request" | "response";

  /** How AWS is reached, and as whom where the configuration has no keys. Absent: AWS itself, as the machine. */
  readonly connection?: Omit<
    Connection,
    "region" | "timeoutMs" | "connectTimeoutMs"
  >;

  /** Makes the policy's connectors, one for each region and key; they are closed with the step. Absent: `createConnector`. */
  readonly connect?: (connection: Connection) => Connector;

  /** What the host knows of an exchange. Absent: nothing beyond the request. */
  readonly variables?: (
    exchange: Exchange,
  ) => HostVariables | Promise<HostVariables>;

  /** Looks up `#secrets.get('…')`, which `accessKey`, `secretKey` and `roleArn` may have. Needed there. */
  readonly secrets?: (path: string) => string | Promise<string>;

  /** What failures are answered with, by key and media type. Absent: the vendor's default. */
  readonly responseTemplates?: ResponseTemplates;

  /** Told of each failure, also of those that the client is not told of. Absent: nobody is. */
  readonly onFailure?: (failure: PolicyFailure) => unknown;

  /** An expression; the policy does nothing where it is false. Absent: it runs always. */
  readonly condition?: string;

  /** The trust key of the role, as it is. Absent: the role wants none. Not together with `externalIdKey`. */
  readonly externalId?: string;

  /** Name of the parameter that holds it. */
  readonly externalIdKey?: string;

  /**
   * How values are put into the payload: `none`, as they are, which is the vendor's way; or `json`, escaped for the inside of a JSON
   * text, so that a client's quotation mark cannot become a member of its own. Absent: `none`.
   */
  readonly escape?: "none" | "json";

  /**
   * What `sendToConsumer` sends: the function's `payload` as it is; or, where that has the shape that API Gateway takes, the status,
   * headers and body in it: `proxy`. Absent: `payload`.
   */
  readonly responseFormat?: "payload" | "proxy";

  /**
   * A function that fails: `fail`, with the vendor's error; or `continue`, with its answer as `#lambdaResponse.content` and
   * `#lambdaResponse.functionError` told. Absent: `fail`.
   */
  readonly onFunctionError?: "fail" | "continue";

  /** Lets traffic pass when the policy fails. Absent: it stops. */
  readonly failSafe?: boolean;

  /** What AWS said when it refused: `told` to the client, as at the vendor's, or `hidden` from him. Absent: `told`. */
  readonly details?: "told" | "hidden";

  /** Longest body that an expression may read, in bytes. Absent: 6,291,456, which is what a function takes. */
  readonly bodyLimit?: number;

  /** Takes `endpoint` of the configuration as AWS's base URL, as the vendor's tests do. Absent: it is passed over. */
  readonly honourEndpoint?: boolean;
}
