/**
 * The statuses with which AWS reports success. Any other status below 300 comes from another server, for example a captive
 * portal, or from a custom transport: it must not look like a function that has run, or a function that was deleted.
 *
 * Source: the service models, and {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | API_Invoke}.
 */
import {
  HtmlPageError,
  isHtmlPage,
  toResponseMetadata,
  type ResponseMetadata,
} from "./awsError";
import type { WireResponse } from "./transport";

const OK = [200];

/** Statuses of success by action. All other actions have 200. */
const STATUSES: ReadonlyMap<string, readonly number[]> = new Map([
  // 202: the deletion has started.
  ["DeleteFunction", [200, 202, 204]],
  ["CreateSession", [200, 201]],
]);

/** Statuses of success of an invocation by its type. */
const INVOCATION_STATUSES: ReadonlyMap<string, readonly number[]> = new Map([
  ["Event", [202]],
  ["DryRun", [204]],
]);

/** An action and its input, as in a `ServiceRequest`. */
interface SentAction {
  readonly action: string;
  readonly input: object;
}

/** A status below 300 that AWS does not send for this action. */
export class UnexpectedStatusError extends Error {
  override readonly name = "UnexpectedStatusError";
  readonly $metadata: ResponseMetadata;

  constructor(response: Omit<WireResponse, "body">) {
    super("the status is not one that AWS sends");
    this.$metadata = toResponseMetadata(response);
  }
}

/** Whether AWS sends this status if the action succeeded. */
export function isSuccess(
  statusCode: number,
  { action, input }: SentAction,
): boolean {
  const { InvocationType: type } = input as { InvocationType?: string };
  const statuses =
    type === undefined ? STATUSES.get(action) : INVOCATION_STATUSES.get(type);
  return (statuses ?? OK).includes(statusCode);
}

/**
 * Checks that a response with a status below 300 reports success.
 *
 * @throws The error that the response is not from AWS.
 */
export function checkSuccess(response: WireResponse, sent: SentAction): void {
  if (isHtmlPage(response)) throw new HtmlPageError(response.statusCode);
  if (!isSuccess(response.statusCode, sent))
    throw new UnexpectedStatusError(response);
}
