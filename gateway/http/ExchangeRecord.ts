/** One run of one handler of a step. */
export interface StepRun {
  /** Name of the step. */
  readonly step: string;

  /** The handler that ran: `request`, `requestContent`, `response` or `responseContent`. */
  readonly phase: string;

  /** What it returned: the name of the verdict's member, `continue` without a verdict, or `failure` if it threw. */
  readonly verdict:
    "continue" | "change" | "originResponse" | "respond" | "refuse" | "failure";

  /** How long it ran, in milliseconds. */
  readonly durationMs: number;
}

/** A failure of a step or the origin, or a request that was refused. */
export interface FailureRecord {
  /** Name of the step, `origin`, `request` or `router`. */
  readonly where: string;

  /** What was thrown. */
  readonly error: unknown;
}

/** What the default response to a fault is made from. */
export interface RenderedFault {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
}

/** What has happened to an exchange so far. The summary that `done` handlers receive is made from it. */
export class ExchangeRecord {
  readonly startedAt = performance.now();
  readonly steps: StepRun[] = [];
  readonly failures: FailureRecord[] = [];

  /** Names of the request headers that steps have set, in lower case. */
  readonly setHeaders: string[] = [];

  /** Reads the headers that earlier handlers of the host have set, as name, value, name, value, if its next handler is the origin. */
  readHostHeaders: (() => string[]) | undefined;

  /** When the origin was called, and when it responded. */
  originCalledAt: number | undefined;
  originRespondedAt: number | undefined;

  /** When the head of the response was passed to the host. */
  headSentAt: number | undefined;

  /** Status of the response that was sent. */
  status: number | undefined;

  /** Bytes of the response body that were passed to the host. `undefined` if the next handler of the host responded directly. */
  responseBytes: number | undefined;

  /** What made the response: the name of a step, `origin`, `renderFault`, or `default` for the default response to a fault. */
  responder = "origin";

  /** The fault that `renderFault` has rendered. */
  renderedFault: RenderedFault | undefined;

  /** Whether this process closed the connection before the response was complete: the client had not left. */
  isClosedHere = false;

  /** The head of a response is passed to the host. */
  sendHead(status: number): void {
    this.headSentAt = performance.now();
    this.status = status;
    this.responseBytes = 0;
  }

  /** Counts bytes of the response body that are passed to the host. */
  readonly countBytes = (bytes: number): void => {
    this.responseBytes = (this.responseBytes ?? 0) + bytes;
  };
}
