import { closedError } from "../function/createClosedError";
import { Edits } from "./EditDetector";
import type {
  FileCode,
  FunctionRuntime,
  FunctionSettings,
  Invocation,
  InvocationOutcome,
} from "../function/FunctionRuntime";
import { Instance } from "./Instance";
import { dropPiece, type TakePiece } from "../function/chunks";

const MAX_INSTANCES = 10;
const IDLE_SECONDS = 60;

interface Job {
  readonly invocation: Invocation;
  readonly take: TakePiece;
  resolve(outcome: InvocationOutcome): void;
  reject(error: unknown): void;
}

interface Member {
  readonly instance: Instance;

  /** Tenant of every invocation it serves: no two tenants share an instance. */
  readonly tenantId: string | undefined;

  /** When the code that it loaded was edited last. */
  readonly edited: number;
  idleSince: number;
}

/** Runs a function from its file: as many instances as are needed, each with one invocation at a time. */
export class FileRuntime implements FunctionRuntime {
  private readonly members = new Set<Member>();
  private readonly waiting: Job[] = [];
  // The one that was used last is used next, so that the others can end.
  private readonly idle: Member[] = [];
  private readonly edits: Edits;
  private reaper: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    private readonly code: FileCode,
    private readonly settings: FunctionSettings,
  ) {
    this.edits = new Edits(code);
  }

  invoke(
    invocation: Invocation,
    take: TakePiece = dropPiece,
  ): Promise<InvocationOutcome> {
    if (this.isClosed) return Promise.reject(closedError(this.settings));
    return new Promise((resolve, reject) => {
      this.waiting.push({ invocation, take, resolve, reject });
      this.dispatch();
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.reaper);
    for (const job of this.waiting.splice(0)) {
      job.reject(closedError(this.settings));
    }
    await Promise.all(
      Array.from(this.members, ({ instance }) => instance.close()),
    );
  }

  private dispatch(): void {
    for (;;) {
      const job = this.waiting[0];
      if (job === undefined || this.isClosed) return;
      const member = this.memberFor(job);
      if (member === undefined) return;
      this.waiting.shift();
      void this.serve(job, member);
    }
  }

  private memberFor({ invocation }: Job): Member | undefined {
    this.endEdited();
    const index = this.idle.findLastIndex(
      ({ instance, tenantId }) =>
        instance.isUsable && tenantId === invocation.tenantId,
    );
    if (index >= 0) return this.idle.splice(index, 1)[0];
    if (this.members.size < (this.settings.maxInstances ?? MAX_INSTANCES)) {
      return this.start(invocation.tenantId);
    }
    // Another tenant's idle instance makes room; its end dispatches again.
    void this.idle.shift()?.instance.close();
    return undefined;
  }

  /** Ends the idle instances whose code was edited since: the next one loads it anew. */
  private endEdited(): void {
    const edited = this.edits.last;
    const outdated = this.idle.filter((member) => member.edited !== edited);
    for (const member of outdated) {
      removeFrom(this.idle, member);
      void member.instance.close();
    }
  }

  private start(tenantId: string | undefined): Member {
    const { code, settings } = this;
    const onGone = (): void => {
      this.members.delete(member);
      removeFrom(this.idle, member);
      this.dispatch();
    };
    // Asked before the module is loaded: an edit in between ends the instance once too often, not once too seldom.
    const edited = this.edits.last;
    const instance = new Instance({ code, settings, onGone });
    const member: Member = { instance, tenantId, edited, idleSince: 0 };
    this.members.add(member);
    this.startReaper();
    return member;
  }

  private async serve(job: Job, member: Member): Promise<void> {
    const outcome = await member.instance.serve(job.invocation, job.take);
    if (outcome === undefined) {
      this.waiting.unshift(job);
    } else {
      job.resolve(outcome);
      if (member.instance.isUsable) {
        member.idleSince = performance.now();
        this.idle.push(member);
      }
    }
    this.dispatch();
  }

  private startReaper(): void {
    if (this.reaper !== undefined) return;
    const idleMs = (this.settings.idleSeconds ?? IDLE_SECONDS) * 1000;
    this.reaper = setInterval(() => {
      const longAgo = performance.now() - idleMs;
      while ((this.idle[0]?.idleSince ?? Infinity) <= longAgo) {
        void this.idle.shift()?.instance.close();
      }
    }, idleMs / 2);
    this.reaper.unref();
  }
}

function removeFrom(list: Member[], member: Member): void {
  const index = list.indexOf(member);
  if (index >= 0) list.splice(index, 1);
}
