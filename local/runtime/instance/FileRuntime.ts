import { createClosedError } from "../function/createClosedError";
import { EditDetector } from "./EditDetector";
import { Instance } from "./Instance";
import { discardChunk, type WriteChunk } from "../function/chunks";
import type { FileCode } from "../function/FunctionCode";
import type { FunctionRuntime } from "../function/FunctionRuntime";
import type { FunctionSettings } from "../function/FunctionSettings";
import type { Invocation, InvocationOutcome } from "../function/Invocation";

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

  /** Tenant of every invocation it serves. Two tenants never share an instance. */
  readonly tenantId: string | undefined;

  /** Edit time of the code that it loaded. */
  readonly edited: number;
  idleSince: number;
}

/**
 * Runs a function from its file. Starts instances as needed; each serves one invocation at a time.
 */
export class FileRuntime implements FunctionRuntime {
  private readonly instances = new Set<PooledInstance>();
  private readonly queue: QueuedInvocation[] = [];
  // The most recently used instance is used next, so that the others can time out.
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
    for (const queued of this.queue.splice(0)) {
      queued.reject(createClosedError(this.settings));
    }
    await Promise.all(
      Array.from(this.instances, ({ instance }) => instance.close()),
    );
  }

  private dispatch(): void {
    for (;;) {
      const queued = this.queue[0];
      if (queued === undefined || this.isClosed) return;
      const pooled = this.acquireInstance(queued);
      if (pooled === undefined) return;
      this.queue.shift();
      void this.serve(queued, pooled);
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
    // Close another tenant's idle instance; its exit triggers the next dispatch.
    void this.idle.shift()?.instance.close();
    return undefined;
  }

  /** Closes idle instances whose code has been edited, so that the next instance loads it again. */
  private closeOutdated(): void {
    const edited = this.edits.lastEditedMs;
    const outdated = this.idle.filter((pooled) => pooled.edited !== edited);
    for (const pooled of outdated) {
      removeFrom(this.idle, pooled);
      void pooled.instance.close();
    }
  }

  private start(tenantId: string | undefined): PooledInstance {
    const { code, settings } = this;
    const onExit = (): void => {
      this.instances.delete(pooled);
      removeFrom(this.idle, pooled);
      this.dispatch();
    };
    // Read before the module is loaded: an edit in between may close the instance once too often,
    // but is never missed.
    const edited = this.edits.lastEditedMs;
    const instance = new Instance({ code, settings, onExit });
    const pooled: PooledInstance = { instance, tenantId, edited, idleSince: 0 };
    this.instances.add(pooled);
    this.startIdleTimer();
    return pooled;
  }

  private async serve(
    queued: QueuedInvocation,
    pooled: PooledInstance,
  ): Promise<void> {
    const outcome = await pooled.instance.serve(
      queued.invocation,
      queued.writeChunk,
    );
    if (outcome === undefined) {
      this.queue.unshift(queued);
    } else {
      queued.resolve(outcome);
      if (pooled.instance.isUsable) {
        pooled.idleSince = performance.now();
        this.idle.push(pooled);
      }
    }
    this.dispatch();
  }

  private startIdleTimer(): void {
    if (this.idleTimer !== undefined) return;
    const idleMs = (this.settings.idleSeconds ?? IDLE_SECONDS) * 1000;
    this.idleTimer = setInterval(() => {
      const idleLimit = performance.now() - idleMs;
      while ((this.idle[0]?.idleSince ?? Infinity) <= idleLimit) {
        void this.idle.shift()?.instance.close();
      }
    }, idleMs / 2);
    this.idleTimer.unref();
  }
}

function removeFrom(list: PooledInstance[], pooled: PooledInstance): void {
  const index = list.indexOf(pooled);
  if (index >= 0) list.splice(index, 1);
}
