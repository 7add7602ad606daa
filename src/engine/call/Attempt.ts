import type { CredentialKeys } from "../../../domain";
import type { Call } from "./Call";
import type { Ending } from "./Ending";
import type { Service } from "../connection/services";
import type { SendOptions } from "../http/transport";

/** What is asked of which service. */
export interface Ask {
  readonly service: Service | "rolesanywhere";
  readonly action: string;
  readonly input: object;
}

/** A request, by whom it is made, and where it goes. */
export interface Asked {
  readonly call: Call;
  readonly ask: Ask;
  readonly region: string;
  /** What AWS knows the attempts of one and the same request by. */
  readonly id: string;
}

/** One sending of a request: what the wire is told, and what it tells. */
export class Attempt implements SendOptions {
  /** Whether it may have begun to reach the other side. */
  sent = false;
  readonly whenEnded: Ending["whenEnded"];
  readonly onSent = (): void => {
    if (this.sent) return;
    this.sent = true;
    this.call.count(1, this.#runsFunction);
  };

  readonly call: Call;
  readonly ask: Ask;

  constructor(
    readonly request: Asked,
    readonly keys: CredentialKeys,
    readonly number: number,
  ) {
    this.call = request.call;
    this.ask = request.ask;
    this.whenEnded = this.call.ending.whenEnded;
  }

  /** Made for who asks for it: a signal is dear. */
  get signal(): AbortSignal {
    return this.call.signal;
  }

  /** AWS has said that nothing came of it. */
  settle(): void {
    this.call.count(-1, this.#runsFunction);
  }

  /** A dry run runs nothing. */
  get #runsFunction(): boolean {
    const { action, input } = this.ask;
    const { InvocationType } = input as { InvocationType?: string };
    return action.startsWith("Invoke") && InvocationType !== "DryRun";
  }
}
