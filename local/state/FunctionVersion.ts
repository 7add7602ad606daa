import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  createRuntime,
  ChunkCollector,
  type FunctionCode,
  type FunctionRuntime,
  type Invocation,
  type InvocationOutcome,
  type WriteChunk,
} from "../runtime";
import type { FunctionDefinition } from "./FunctionDefinition";

/** One version of a function: its code, its configuration and its runtime. */
export class FunctionVersion {
  readonly revisionId = randomUUID();
  readonly lastModified = new Date().toISOString().replace("Z", "+0000");
  readonly codeSize: number;
  readonly codeSha256: string;
  readonly #runtimes = new Map<string | undefined, FunctionRuntime>();

  #isClosed = false;

  constructor(
    readonly of: {
      /** `$LATEST` or a number. */
      readonly version: string;

      /** Unqualified ARN of the function. */
      readonly functionArn: string;
      readonly code: FunctionCode;
      readonly definition: FunctionDefinition;

      /** Called with its output. */
      readonly print: ((text: string) => void) | undefined;

      /** Returns the variables with which it calls this embedded AWS. */
      getAwsVariables(): Readonly<Record<string, string>>;
    },
  ) {
    const code =
      of.code.kind === "file"
        ? readFileSync(of.code.path)
        : Buffer.from(String(of.code.handler));
    this.codeSize = code.length;
    this.codeSha256 = createHash("sha256").update(code).digest("base64");
  }

  /**
   * Runs this version once. Rejects after {@link FunctionVersion.close}. Without `writeChunk`, a
   * streamed response is returned as a whole.
   */
  async run(
    invocation: Invocation,
    writeChunk?: WriteChunk,
  ): Promise<InvocationOutcome> {
    if (this.#isClosed)
      throw new Error(`${this.of.functionArn} has been deleted.`);
    const runtime = this.#runtimeOf(invocation.tenantId);
    if (writeChunk) return await runtime.invoke(invocation, writeChunk);
    const joined = new ChunkCollector();
    return joined.complete(await runtime.invoke(invocation, joined.write));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(
      [...this.#runtimes.values()].map((runtime) => runtime.close()),
    );
  }

  // Tenants never share an instance, so each has its own runtime.
  #runtimeOf(tenantId: string | undefined): FunctionRuntime {
    const known = this.#runtimes.get(tenantId);
    if (known) return known;
    const { definition } = this.of;
    const runtime = createRuntime(this.of.code, {
      functionName: definition.name,
      functionArn: this.of.functionArn,
      version: this.of.version,
      memorySize: definition.memorySize,
      timeoutSeconds: definition.timeout,
      environment: definition.environment,
      awsVariables: this.of.getAwsVariables(),
      print: this.of.print,
    });
    this.#runtimes.set(tenantId, runtime);
    return runtime;
  }
}
