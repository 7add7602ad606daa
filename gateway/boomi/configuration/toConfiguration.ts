import type { Param, Point, PointConfiguration } from "./PointConfiguration";
import type { Values } from "./readers";

/** The vendor's defaults. */
const SESSION_NAME = "TIBCO_Mashery_SideCar_Connector";
const DURATION_SECONDS = 3600;
const MAX_PAYLOAD_BYTES = 10 * 1024;

/** What a point has been given, in order, with all that is required. */
export interface Draft {
  readonly point: Point;
  readonly values: Values;
  readonly params: Readonly<Record<string, Param>>;
}

/** The configuration, with every default in its place. */
export function toConfiguration({
  point,
  values,
  params,
}: Draft): PointConfiguration {
  const { region = "", functionARN = "", roleARN = "" } = values;
  return Object.freeze({
    point,
    region,
    functionARN,
    roleARN,
    externalIdKey: values.externalIdKey ?? "",
    sessionName: values.sessionName ?? SESSION_NAME,
    durationSeconds: values.expirationDuration ?? DURATION_SECONDS,
    synchronicity: values.synchronicity ?? "RequestResponse",
    failSafe: values.failSafe ?? false,
    timeoutMs: values.timeout,
    enableErrorSet: values.enable_error_set ?? false,
    ...headersOf(values, point),
    requireEavs: values["require-eavs"] ?? [],
    includeEavs: values["include-eavs"] ?? [],
    requirePackageKeyEavs: values["require-packageKey-eavs"] ?? [],
    includePackageKeyEavs: values["include-packageKey-eavs"] ?? [],
    expandInput: values["expand-input"] ?? new Set(),
    params: Object.freeze(params),
    maxPayloadBytes: values["max-payload-size"] ?? MAX_PAYLOAD_BYTES,
    maxPayloadCondition: values["max-payload-condition"] ?? "blocking",
  });
}

type Headers = Pick<
  PointConfiguration,
  | "requireRequestHeaders"
  | "includeRequestHeaders"
  | "skipRequestHeaders"
  | "includeResponseHeaders"
  | "skipResponseHeaders"
>;

function headersOf(values: Values, point: Point): Headers {
  const required = values["require-request-headers"] ?? [];
  const included = values["include-request-headers"] ?? [];
  const skipped = values["skip-request-headers"] ?? [];
  if (point === "PreProcessor")
    return {
      requireRequestHeaders: required,
      includeRequestHeaders: included,
      skipRequestHeaders: skipped,
      includeResponseHeaders: [],
      skipResponseHeaders: [],
    };
  const includeRequestHeaders = joined(required, included);
  const includeResponseHeaders = values["include-response-headers"] ?? [];
  const skippedOfResponse = values["skip-response-headers"] ?? [];
  const seesResponse =
    includeResponseHeaders.length + skippedOfResponse.length > 0;
  return {
    // The open-source processor before the vendor's: what is required at post is included, and nothing is refused.
    requireRequestHeaders: [],
    includeRequestHeaders,
    // A skip list alone lets all other headers in. In the vendor's example it stands beside response headers only, and means
    // those; read of the request as well, it would hand over headers that nobody asked for.
    skipRequestHeaders:
      seesResponse && includeRequestHeaders.length === 0 ? [] : skipped,
    includeResponseHeaders,
    skipResponseHeaders: seesResponse ? joined(skippedOfResponse, skipped) : [],
  };
}

/** Both lists, no header twice. */
function joined(
  first: readonly string[],
  second: readonly string[],
): readonly string[] {
  const names = new Set(first.map((name) => name.toLowerCase()));
  return [...first, ...second.filter((name) => !names.has(name.toLowerCase()))];
}
