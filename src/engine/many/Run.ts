import type { InvokeFunctionResponse } from "../../../domain";
import type { AnyConnectorError } from "../../errors";
import type { Clock } from "../clock";
import type { Invocation } from "../invoke";
import { onAbort } from "../onAbort";
import { meaningOf } from "../serviceErrors";
import type { Journal } from "./Journal";
import { AsTheyComplete, InOrder, type Outcome, type Outcomes } from "./Outcome";
import { Pace, pauseOf } from "./Pace";
import { ProgressMeter, type ManyProgress } from "./Progress";
import { Stop } from "./Stop";
import { countOf, Source, type Items } from "./Source";
import { Intake } from "./Intake";

/** What a run is made of. */
export interface RunFacts {
  readonly operation: string;
  readonly items: Items;
  /** Makes an invocation of an item, or throws why not. */
  readonly read: (item: unknown) => Invocation;
  readonly send: (invocation: Invocation) => Promise<InvokeFunctionResponse>;
  readonly concurrency: number;
  readonly ordered: boolean;
  readonly clock: Clock;
  readonly journal: Journal | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: ManyProgress) => void) | undefined;
}

/** One request on its way. */
export interface Entry {
  readonly index: number;
  readonly invocation: Invocation;
  /** How often it was put back, as AWS throttled it. */
  returns: number;
  /** The turn of the pace in which it was sent. */
  turn: number;
}
