import { createClosedError } from "../function/createClosedError";
import { EditDetector } from "./EditDetector";
import type {
  FileCode,
  FunctionRuntime,
  FunctionSettings,
  Invocation,
  InvocationOutcome,
} from "../function/FunctionRuntime";
import { Instance } from "./Instance";
import { discardChunk, type WriteChunk } from "../function/chunks";

const MAX_INSTANCES = 10;
const IDLE_SECONDS = 60;

interface QueuedInvocation {
  readonly invocation: Invocation;
  readonly writeChunk: WriteChunk;
  resolve(outcome: InvocationOutcome): void;
  reject(error: unknown): void;
}

interface PooledInstance {
  readonly instance: Instance;

  /** Tenant of every invocation it serves: no two tenants share an instance. */
  readonly tenantId: string | undefined;

  /** When the code that it loaded was edited last. */
  readonly edited: number;
  idleSince: number;
}

/** Runs a function from its file: as many instances as are needed, each with one invocation at a time. */
export class FileRuntime implements FunctionRuntime {
  private readonly instances = new Set<PooledInstance>();
  private readonly queue: QueuedInvocation[] = [];
  // The one that was used last is used next, so that the others can end.
  private readonly idle: PooledInstance[] = [];
  private readonly edits: EditDetector;
  private idleTimer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    private readonly code: FileCode,
    private readonly settings: FunctionSettings,
  ) {
    this.edits = new EditDetector(code);
  }

  invoke(
    invocation: Invocation,
    writeChunk: WriteChunk = discardChunk,
  ): Promise<InvocationOutcome> {
    if (this.isClosed) return Promise.reject(createClosedError(this.settings));
    return new Promise((resolve, reject) => {
      this.queue.push({ invocation, writeChunk, resolve, reject });
      this.dispatch();
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.idleTimer);
    for (const job of this.queue.splice(0)) {
      job.reject(createClosedError(this.settings));
    }
    await Promise.all(
      Array.from(this.instances, ({ instance }) => instance.close()),
    );
  }

  private dispatch(): void {
    for (;;) {
      const job = this.queue[0];
      if (job === undefined || this.isClosed) return;
      const member = this.acquireInstance(job);
      if (member === undefined) return;
      this.queue.shift();
      void this.serve(job, member);
    }
  }

  private acquireInstance({
    invocation,
  }: QueuedInvocation): PooledInstance | undefined {
    this.closeOutdated();
    const index = this.idle.findLastIndex(
      ({ instance, tenantId }) =>
        instance.isUsable && tenantId === invocation.tenantId,
    );
    if (index >= 0) return this.idle.splice(index, 1)[0];
    if (this.instances.size < (this.settings.maxInstances ?? MAX_INSTANCES)) {
      return this.start(invocation.tenantId);
    }
    // Another tenant's idle instance makes room; its end dispatches again.
    void this.idle.shift()?.instance.close();
    return undefined;
  }

  /** Ends the idle instances whose code was edited since: the next one loads it anew. */
  private closeOutdated(): void {
    const edited = this.edits.lastEditedMs;
    const outdated = this.idle.filter((member) => member.edited !== edited);
    for (const member of outdated) {
      removeFrom(this.idle, member);
      void member.instance.close();
    }
  }

  private start(tenantId: string | undefined): PooledInstance {
    const { code, settings } = this;
    const onGone = (): void => {
      this.instances.delete(member);
      removeFrom(this.idle, member);
      this.dispatch();
    };
    // Asked before the module is loaded: an edit in between ends the instance once too often, not once too seldom.
    const edited = this.edits.lastEditedMs;
    const instance = new Instance({ code, settings, onGone });
    const member: PooledInstance = { instance, tenantId, edited, idleSince: 0 };
    this.instances.add(member);
    this.startIdleTimer();
    return member;
  }

  private async serve(
    job: QueuedInvocation,
    member: PooledInstance,
  ): Promise<void> {
    const outcome = await member.instance.serve(job.invocation, job.writeChunk);
    if (outcome === undefined) {
      this.queue.unshift(job);
    } else {
      job.resolve(outcome);
      if (member.instance.isUsable) {
        member.idleSince = performance.now();
        this.idle.push(member);
      }
    }
    this.dispatch();
  }

  private startIdleTimer(): void {
    if (this.idleTimer !== undefined) return;
    const idleMs = (this.settings.idleSeconds ?? IDLE_SECONDS) * 1000;
    this.idleTimer = setInterval(() => {
      const longAgo = performance.now() - idleMs;
      while ((this.idle[0]?.idleSince ?? Infinity) <= longAgo) {
        void this.idle.shift()?.instance.close();
      }
    }, idleMs / 2);
    this.idleTimer.unref();
  }
}

function removeFrom(list: PooledInstance[], member: PooledInstance): void {
  const index = list.indexOf(member);
  if (index >= 0) list.splice(index, 1);
}
