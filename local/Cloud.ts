import { Afterwards } from "./Afterwards";
import { Faults } from "./faults/Faults";
import { KeyRing } from "./iam/KeyRing";
import type { Role } from "./iam/Role";
import { RequestJournal } from "./journal/RequestJournal";
import { FunctionStore } from "./lambda/FunctionStore";
import { ParameterStore } from "./ssm/ParameterStore";

/** What one account holds. */
export class Account {
  readonly functions = new FunctionStore();
  readonly parameters = new ParameterStore();
  readonly roles = new Map<string, Role>();

  constructor(readonly id: string) {}
}

/** Everything an embedded AWS holds; what the operations work on. */
export class Cloud {
  readonly accounts = new Map<string, Account>();
  readonly keys = new KeyRing();
  readonly requests = new RequestJournal();
  readonly faults = new Faults();
  readonly afterwards = new Afterwards();

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

  async close(): Promise<void> {
    this.afterwards.end();
    await Promise.all(
      [...this.accounts.values()].map((account) => account.functions.close()),
    );
  }
}
