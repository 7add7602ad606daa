/** Headers that name the trace of a request. */
export interface TraceHeaders {
  /** For AWS X-Ray. */
  readonly "X-Amzn-Trace-Id": string;

  /** For W3C Trace Context. */
  readonly traceparent: string;
}

/** The trace of an exchange. */
export interface Trace {
  /** Trace ID, as 32 hexadecimal digits. */
  readonly id: string;

  readonly headers: TraceHeaders;

  /** Whether the client sent a `traceparent`. `tracestate` counts only with one. */
  readonly hasArrivedParent: boolean;
}

/** Longest value of `X-Amzn-Trace-Id` or `traceparent` that is passed on. */
const MAX_LENGTH = 512;

/**
 * Version, trace ID, parent ID, flags, and what a later version adds. No ID consists of zeros
 * ({@link https://www.w3.org/TR/trace-context/#traceparent-header-field-values | Trace Context, 3.2.2}).
 */
const PARENT =
  /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(-[!-~]*)?$/;

/**
 * Fields such as `Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1`
 * ({@link https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader | AWS X-Ray}).
 */
const AMAZON = /^[A-Za-z]\w*=[\w:.+/-]*(?:; ?[A-Za-z]\w*=[\w:.+/-]*)*;?$/;
const ROOT = /(?:^|; ?)Root=1-([\da-f]{8})-([\da-f]{24})(?=;|$)/i;
const SPAN = /(?:^|; ?)Parent=(?!0{16})([\da-f]{16})(?=;|$)/i;
const SAMPLED = /(?:^|; ?)Sampled=1(?=;|$)/;

/** What a trace is made from. */
export interface TraceSource {
  /** Values of the headers as they arrived. */
  readonly amazon: string | undefined;
  readonly parent: string | undefined;

  /** When the request arrived, in milliseconds since 1970. */
  readonly startedAt: number;

  /** A random UUID. */
  readonly uuid: string;
}

/** The trace that the client's headers name, or a new one. Headers that are not well-formed are replaced. */
export function createTrace(source: TraceSource): Trace {
  const parent = readParent(source.parent);
  const amazon = readAmazon(source.amazon);
  const root = amazon === undefined ? undefined : ROOT.exec(amazon);
  const id =
    parent?.id ??
    (root ? `${root[1] ?? ""}${root[2] ?? ""}`.toLowerCase() : toId(source));
  return {
    id,
    headers: {
      "X-Amzn-Trace-Id": amazon ?? toAmazon(id, parent),
      traceparent: parent?.value ?? toParent(id, amazon),
    },
    hasArrivedParent: parent !== undefined,
  };
}

/** A `traceparent` that the client sent. */
interface Parent {
  readonly value: string;
  readonly id: string;
  readonly span: string;
  readonly isSampled: boolean;
}

function readParent(value: string | undefined): Parent | undefined {
  if (value === undefined || value.length > MAX_LENGTH) return undefined;
  const [, version, id = "", span = "", flags = "", rest] =
    PARENT.exec(value) ?? [];
  if (version === undefined || (version === "00" && rest !== undefined))
    return undefined;
  const isSampled = Number.parseInt(flags, 16) % 2 === 1;
  return { value, id, span, isSampled };
}

const readAmazon = (value: string | undefined): string | undefined =>
  value !== undefined &&
  value.length <= MAX_LENGTH &&
  AMAZON.test(value) &&
  ROOT.test(value) &&
  !/Root=1-0{8}-0{24}/.test(value)
    ? value
    : undefined;

/** A new ID: the time in seconds, and 96 random bits of the UUID, whose version makes it different from zero. */
const toId = ({ startedAt, uuid }: TraceSource): string =>
  Math.floor(startedAt / 1000)
    .toString(16)
    .padStart(8, "0") + uuid.replaceAll("-", "").slice(0, 24);

const toAmazon = (id: string, parent: Parent | undefined): string =>
  `Root=1-${id.slice(0, 8)}-${id.slice(8)}${
    parent ? `;Parent=${parent.span};Sampled=${parent.isSampled ? 1 : 0}` : ""
  }`;

function toParent(id: string, amazon = ""): string {
  const span =
    SPAN.exec(amazon)?.[1]?.toLowerCase() ??
    crypto.randomUUID().replaceAll("-", "").slice(0, 16);
  return `00-${id}-${span}-${SAMPLED.test(amazon) ? "01" : "00"}`;
}
