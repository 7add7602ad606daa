import { Account } from "./Account";
import { createFunctionVariables } from "./createFunctionVariables";
import { Timers } from "./Timers";
import { Faults } from "../faults/Faults";
import { CredentialStore } from "../iam/CredentialStore";
import {
  RequestJournal,
  type ReceivedRequest,
} from "../journal/RequestJournal";
import type { FunctionDefinition } from "./FunctionDefinition";
import type { FunctionOutput } from "./FunctionOutput";
import { LambdaFunction } from "./LambdaFunction";

/** The complete state of an embedded AWS. */
export class Cloud {
  readonly accounts = new Map<string, Account>();
  readonly credentials = new CredentialStore();
  readonly journal = new RequestJournal();
  readonly faults = new Faults();
  readonly timers = new Timers();

  /** Endpoint of every service. Undefined until the server listens. */
  endpoint: string | undefined;

  constructor(
    readonly settings: {
      /** Default region of functions and parameters. */
      readonly region: string;

      /** Account ID of the caller. */
      readonly accountId: string;

      /** Maximum duration of role sessions in seconds. Undefined for the requested duration. */
      readonly sessionSeconds?: number;

      /** Seconds before the second and third attempt of an asynchronous invocation. */
      readonly eventRetrySeconds: readonly number[];

      /** Returns epoch milliseconds, for expiry and signatures. */
      readonly clock: () => number;

      /** Called with every request after its response. */
      readonly onRequest?: ((request: ReceivedRequest) => void) | undefined;

      /** Called with the output of functions. */
      readonly onOutput?: ((output: FunctionOutput) => void) | undefined;
    },
  ) {}

  /** Returns an account, and creates it if it does not exist. */
  account(id: string): Account {
    const known = this.accounts.get(id);
    if (known) return known;
    const account = new Account(id);
    this.accounts.set(id, account);
    return account;
  }

  /** Creates a function and adds it to an account. Replaces a function of the same name. */
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
      getAwsVariables: () =>
        this.createFunctionVariables(definition, accountId),
    });
    this.account(accountId).functions.add(added);
    return added;
  }

  /** Creates the environment variables with which a function calls this embedded AWS. */
  createFunctionVariables(
    definition: FunctionDefinition,
    accountId: string,
  ): Record<string, string> {
    const { credentials: store, endpoint } = this;
    const account = this.account(accountId);
    return createFunctionVariables({ definition, account, store, endpoint });
  }

  async close(): Promise<void> {
    this.timers.cancelAll();
    await Promise.all(
      [...this.accounts.values()].map((account) => account.functions.close()),
    );
  }
}
