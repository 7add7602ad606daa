import { Session, type NodeWorker } from "node:inspector";
import { isMainThread } from "node:worker_threads";

const TICK_MS = 25;
const BYTES_PER_MB = 1024 * 1024;

/** A thread that never pauses can't be told to collect its garbage; it may hold so many times its limit. */
const UNCOLLECTED = 2;

/** Heap in MB that may be added between two looks. */
const BETWEEN_LOOKS_MB = 1024;

/**
 * V8's own limit for a worker that may use `memoryMb`.
 *
 * Where one allocation passes that limit by more than 16 MB, as a growing Map
 * soon does, V8 ends the whole process. So it stays out of reach and the watch
 * holds the real limit; without an inspector V8's limit is all there is.
 */
export function heapLimitMb(memoryMb: number): number {
  return canWatch ? memoryMb * UNCOLLECTED + BETWEEN_LOOKS_MB : memoryMb;
}

// Only the main thread can look into its workers.
const canWatch = isMainThread && process.features.inspector;

/** A worker thread whose heap is bounded. */
export interface WatchedHeap {
  /** Name of the thread; no two are named alike. */
  readonly threadName: string;
  readonly limitMb: number;

  /** Whether it has been running for long enough to be looked at. */
  isBusy(): boolean;

  /**
   * Called when it holds more than its limit and its garbage is collected, or
   * more than twice its limit.
   */
  exceeded(): void;
}

interface Question {
  readonly heap: WatchedHeap;
  readonly step: "look" | "collect" | "confirm";
}

/**
 * Looks into the heaps of busy worker threads.
 *
 * The inspector answers from within a thread that runs an endless loop, which
 * no message of ours reaches.
 */
export class HeapWatch {
  private readonly heaps = new Set<WatchedHeap>();
  private readonly sessionIds = new Map<string, string>();
  private readonly questions = new Map<number, Question>();
  private readonly lookedAt = new Set<WatchedHeap>();
  private readonly collecting = new Set<WatchedHeap>();
  private session: Session | undefined;
  private timer: NodeJS.Timeout | undefined;
  private lastId = 0;

  /** Watches a heap until the function it returns is called. */
  watch(heap: WatchedHeap): () => void {
    this.heaps.add(heap);
    if (canWatch && this.timer === undefined) {
      this.timer = setInterval(() => {
        this.tick();
      }, TICK_MS);
      this.timer.unref();
    }
    return () => {
      this.heaps.delete(heap);
      this.lookedAt.delete(heap);
      this.collecting.delete(heap);
      this.sessionIds.delete(heap.threadName);
      if (this.heaps.size === 0) this.stop();
    };
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.session?.disconnect();
    this.session = undefined;
    this.sessionIds.clear();
    this.questions.clear();
  }

  private tick(): void {
    for (const heap of this.heaps) {
      if (!heap.isBusy() || this.lookedAt.has(heap)) continue;
      this.session ??= this.connect();
      this.lookedAt.add(heap);
      this.ask({ heap, step: "look" });
    }
  }

  private connect(): Session {
    const session = new Session();
    session.connect();
    session.on("NodeWorker.attachedToWorker", ({ params }) => {
      // The number in front of the name is the inspector's own.
      const name = params.workerInfo.title.replace(/^\[[^\]]*\] /, "");
      this.sessionIds.set(name, params.sessionId);
    });
    session.on("NodeWorker.receivedMessageFromWorker", ({ params }) => {
      this.hear(params);
    });
    session.post("NodeWorker.enable", { waitForDebuggerOnStart: false });
    return session;
  }

  private ask(question: Question): void {
    const { heap, step } = question;
    const sessionId = this.sessionIds.get(heap.threadName);
    if (sessionId === undefined || this.session === undefined) {
      // Not attached yet: the next tick asks again.
      this.lookedAt.delete(heap);
      return;
    }
    const id = ++this.lastId;
    const method =
      step === "collect"
        ? "HeapProfiler.collectGarbage"
        : "Runtime.getHeapUsage";
    this.questions.set(id, question);
    this.session.post("NodeWorker.sendMessageToWorker", {
      sessionId,
      message: JSON.stringify({ id, method }),
    });
  }

  private hear({
    message,
  }: NodeWorker.ReceivedMessageFromWorkerEventDataType): void {
    const { id, result } = JSON.parse(message) as {
      id?: number;
      result?: { usedSize?: number };
    };
    const question = id === undefined ? undefined : this.questions.get(id);
    if (id === undefined || question === undefined) return;
    this.questions.delete(id);
    if (this.heaps.has(question.heap)) {
      this.consider(question, (result?.usedSize ?? 0) / BYTES_PER_MB);
    }
  }

  private consider({ heap, step }: Question, usedMb: number): void {
    const isTooMuch = usedMb > heap.limitMb;
    if (step === "collect") {
      this.ask({ heap, step: "confirm" });
    } else if (step === "confirm") {
      this.collecting.delete(heap);
      if (isTooMuch) heap.exceeded();
    } else {
      this.lookedAt.delete(heap);
      if (usedMb > heap.limitMb * UNCOLLECTED) heap.exceeded();
      else if (isTooMuch && !this.collecting.has(heap)) {
        this.collecting.add(heap);
        this.ask({ heap, step: "collect" });
      }
    }
  }
}
