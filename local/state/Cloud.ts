import type { Profile } from "./Profile";
import type { TrustAnchor } from "./TrustAnchor";
import { Timers } from "./Timers";
import { Faults } from "../faults/Faults";
import { CredentialStore } from "../iam/CredentialStore";
import type { Role } from "../iam/Role";
import {
  RequestJournal,
  type ReceivedRequest,
} from "../journal/RequestJournal";
import type { FunctionDefinition } from "./FunctionDefinition";
import type { FunctionOutput } from "./FunctionOutput";
import { FunctionStore } from "./FunctionStore";
import { LambdaFunction } from "./LambdaFunction";
import { ParameterStore } from "./ParameterStore";

/** What one account holds. */
export class Account {
  readonly functions = new FunctionStore();
  readonly parameters = new ParameterStore();
  readonly roles = new Map<string, Role>();

  /** By their ARNs. */
  readonly trustAnchors = new Map<string, TrustAnchor>();
  readonly profiles = new Map<string, Profile>();

  constructor(readonly id: string) {}
}

/** Everything an embedded AWS holds; what the operations work on. */
export class Cloud {
  readonly accounts = new Map<string, Account>();
  readonly credentials = new CredentialStore();
  readonly journal = new RequestJournal();
  readonly faults = new Faults();
  readonly timers = new Timers();

  constructor(
    readonly settings: {
      /** Region where functions and parameters live unless they say otherwise. */
      readonly region: string;

      /** Account of the caller. */
      readonly accountId: string;

      /** Bound of every borrowed session in seconds. Absent: as the request says. */
      readonly sessionSeconds?: number;

      /** Seconds before the second and third try of an asynchronous invocation. */
      readonly eventRetrySeconds: readonly number[];

      /** Epoch milliseconds, for expiry and signatures. */
      readonly clock: () => number;

      /** Is told of every request, once it is answered. */
      readonly onRequest?: (request: ReceivedRequest) => void;

      /** Is told what functions print. */
      readonly onOutput?: (output: FunctionOutput) => void;
    },
  ) {}

  /** The account with this id; made empty when nothing was in it yet. */
  account(id: string): Account {
    const known = this.accounts.get(id);
    if (known) return known;
    const account = new Account(id);
    this.accounts.set(id, account);
    return account;
  }

  /** Makes a function of its definition and keeps it, in place of one of that name. */
  addFunction(
    definition: FunctionDefinition,
    accountId: string,
  ): LambdaFunction {
    const { onOutput } = this.settings;
    const added = new LambdaFunction(definition, {
      accountId,
      print:
        onOutput &&
        ((text) => {
          onOutput({ functionName: definition.name, text });
        }),
    });
    this.account(accountId).functions.add(added);
    return added;
  }

  async close(): Promise<void> {
    this.timers.cancelAll();
    await Promise.all(
      [...this.accounts.values()].map((account) => account.functions.close()),
    );
  }
}
