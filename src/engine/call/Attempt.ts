import type { CredentialsLike } from "../../../domain";
import type { ServiceRequest } from "../connection/sdkClients";
import { maxBodyBytesOf } from "../http/responseLimits";
import type { SendOptions, WireResponse } from "../http/transport";
import type { Call } from "./Call";
import type { Deadline } from "./Deadline";

/** A request of a call, addressed to a region. */
export interface OutgoingRequest {
  readonly call: Call;
  readonly serviceRequest: ServiceRequest;
  readonly region: string;
  /** Identifies to AWS that several attempts belong to one request. */
  readonly id: string;
}

/** One attempt to send a request. */
export class Attempt {
  /** Whether the request may have begun to reach AWS. */
  sent = false;

  /** Clock correction with which the request was signed, in ms. */
  signedWithSkewMs: number;

  readonly call: Call;
  readonly serviceRequest: ServiceRequest;

  constructor(
    readonly request: OutgoingRequest,
    readonly credentials: CredentialsLike,
    readonly number: number,
  ) {
    this.call = request.call;
    this.serviceRequest = request.serviceRequest;
    this.signedWithSkewMs = request.call.shared.skewMs;
  }

  /** What the transport needs to know to send this attempt. */
  get sendOptions(): SendOptions {
    return new AttemptSendOptions(this);
  }

  /** The time with which to sign a request that is sent now, by AWS's clock, in ms since 1970. */
  signingTime(): number {
    const { clock, skewMs } = this.call.shared;
    this.signedWithSkewMs = skewMs;
    return clock.now() + skewMs;
  }

  /** Headers that tell AWS which requests are attempts of the same one. */
  get headers(): Readonly<Record<string, string>> {
    const { maxAttempts } = this.call.settings;
    return {
      "amz-sdk-invocation-id": this.request.id,
      "amz-sdk-request": `attempt=${this.number}; max=${maxAttempts}`,
    };
  }

  /** Largest body of a successful response, in bytes. */
  get maxBodyBytes(): number {
    return maxBodyBytesOf(this.serviceRequest.action);
  }

  /** Records that the request may have begun to reach AWS. */
  noteSent(): void {
    if (this.sent) return;
    this.sent = true;
    this.call.countUnconfirmed(1, this.#runsFunction);
  }

  /** Records that a response arrived, so the request was sent, and returns it without secrets in its request id. */
  noteResponse<Response extends Omit<WireResponse, "body">>(
    response: Response,
  ): Response {
    this.noteSent();
    return this.call.noteResponse(response);
  }

  /** Records that AWS rejected the request: it had no effect. */
  noteRejected(): void {
    this.call.countUnconfirmed(-1, this.#runsFunction);
  }

  /** Whether the request runs a function: every invocation except a dry run. */
  get #runsFunction(): boolean {
    const { action, input } = this.serviceRequest;
    const { InvocationType } = input as { InvocationType?: string };
    return action.startsWith("Invoke") && InvocationType !== "DryRun";
  }
}

/** Creates the abort signal only for a transport that reads it: signals are expensive. */
class AttemptSendOptions implements SendOptions {
  readonly onEnd: Deadline["onEnd"];
  readonly onSent: () => void;
  readonly maxBodyBytes: number;
  readonly #call: Call;

  constructor(attempt: Attempt) {
    this.#call = attempt.call;
    this.maxBodyBytes = attempt.maxBodyBytes;
    this.onEnd = attempt.call.deadline.onEnd;
    this.onSent = () => {
      attempt.noteSent();
    };
  }

  get signal(): AbortSignal {
    return this.#call.signal;
  }
}
