import type { CredentialKeys } from "../../../domain";
import type { Call } from "./Call";
import type { Deadline } from "./Deadline";
import type { Service } from "../connection/sdkClients";
import type { SendOptions } from "../http/transport";

/** What is asked of which service. */
export interface ServiceRequest {
  readonly service: Service | "rolesanywhere";
  readonly action: string;
  readonly input: object;
}

/** A request, by whom it is made, and where it goes. */
export interface OutgoingRequest {
  readonly call: Call;
  readonly serviceRequest: ServiceRequest;
  readonly region: string;
  /** What AWS knows the attempts of one and the same request by. */
  readonly id: string;
}

/** One sending of a request: what the wire is told, and what it tells. */
export class Attempt implements SendOptions {
  /** Whether it may have begun to reach the other side. */
  sent = false;
  readonly onEnd: Deadline["onEnd"];
  readonly onSent = (): void => {
    if (this.sent) return;
    this.sent = true;
    this.call.countUnconfirmed(1, this.#runsFunction);
  };

  readonly call: Call;
  readonly serviceRequest: ServiceRequest;

  constructor(
    readonly request: OutgoingRequest,
    readonly credentials: CredentialKeys,
    readonly number: number,
  ) {
    this.call = request.call;
    this.serviceRequest = request.serviceRequest;
    this.onEnd = this.call.deadline.onEnd;
  }

  /** Made for who asks for it: a signal is dear. */
  get signal(): AbortSignal {
    return this.call.signal;
  }

  /** AWS has said that nothing came of it. */
  markRejected(): void {
    this.call.countUnconfirmed(-1, this.#runsFunction);
  }

  /** A dry run runs nothing. */
  get #runsFunction(): boolean {
    const { action, input } = this.serviceRequest;
    const { InvocationType } = input as { InvocationType?: string };
    return action.startsWith("Invoke") && InvocationType !== "DryRun";
  }
}
