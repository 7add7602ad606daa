import type {
  SidecarParam,
  Point,
  PointConfiguration,
} from "./PointConfiguration";
import type { ConfigurationValues } from "./valueParsers";

/** Boomi's defaults. */
const DEFAULT_SESSION_NAME = "TIBCO_Mashery_SideCar_Connector";
const DEFAULT_DURATION_SECONDS = 3600;
const DEFAULT_MAX_PAYLOAD_BYTES = 10 * 1024;

/** The valid values of a point, with every required key. */
export interface ParsedConfiguration {
  readonly point: Point;
  readonly values: ConfigurationValues;
  readonly params: Readonly<Record<string, SidecarParam>>;
}

/** The configuration with defaults filled in. */
export function toConfiguration({
  point,
  values,
  params,
}: ParsedConfiguration): PointConfiguration {
  const { region = "", functionARN = "", roleARN = "" } = values;
  return Object.freeze({
    point,
    region,
    functionARN,
    roleARN,
    externalIdKey: values.externalIdKey ?? "",
    sessionName: values.sessionName ?? DEFAULT_SESSION_NAME,
    durationSeconds: values.expirationDuration ?? DEFAULT_DURATION_SECONDS,
    synchronicity: values.synchronicity ?? "RequestResponse",
    failSafe: values.failSafe ?? false,
    timeoutMs: values.timeout,
    enableErrorSet: values.enable_error_set ?? false,
    ...toHeaderLists(values, point),
    requireEavs: values["require-eavs"] ?? [],
    includeEavs: values["include-eavs"] ?? [],
    requirePackageKeyEavs: values["require-packageKey-eavs"] ?? [],
    includePackageKeyEavs: values["include-packageKey-eavs"] ?? [],
    expandInput: values["expand-input"] ?? new Set(),
    params: Object.freeze(params),
    maxPayloadBytes: values["max-payload-size"] ?? DEFAULT_MAX_PAYLOAD_BYTES,
    maxPayloadCondition: values["max-payload-condition"] ?? "blocking",
  });
}

type HeaderLists = Pick<
  PointConfiguration,
  | "requireRequestHeaders"
  | "includeRequestHeaders"
  | "skipRequestHeaders"
  | "includeResponseHeaders"
  | "skipResponseHeaders"
>;

function toHeaderLists(values: ConfigurationValues, point: Point): HeaderLists {
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
  const includeRequestHeaders = mergeNames(required, included);
  const includeResponseHeaders = values["include-response-headers"] ?? [];
  const responseSkipped = values["skip-response-headers"] ?? [];
  const selectsResponse =
    includeResponseHeaders.length + responseSkipped.length > 0;
  return {
    // As in Boomi's open-source predecessor, required headers are included at post-processing but not checked.
    requireRequestHeaders: [],
    includeRequestHeaders,
    // A skip list alone selects all other headers. In Boomi's example it is used with response headers only and means those.
    // Applying it to the request as well would send request headers that the configuration does not ask for.
    skipRequestHeaders:
      selectsResponse && includeRequestHeaders.length === 0 ? [] : skipped,
    includeResponseHeaders,
    skipResponseHeaders: selectsResponse
      ? mergeNames(responseSkipped, skipped)
      : [],
  };
}

/** Both lists, without duplicates. */
function mergeNames(
  first: readonly string[],
  second: readonly string[],
): readonly string[] {
  const names = new Set(first.map((name) => name.toLowerCase()));
  return [...first, ...second.filter((name) => !names.has(name.toLowerCase()))];
}
