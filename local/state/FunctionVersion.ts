import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  createRuntime,
  JoinedPieces,
  type FunctionCode,
  type FunctionRuntime,
  type Invocation,
  type InvocationOutcome,
  type TakePiece,
} from "../runtime";
import type { FunctionDefinition } from "./FunctionDefinition";

/** One version of a function: its code, its configuration and what runs it. */
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
      readonly createFunctionArn: string;
      readonly code: FunctionCode;
      readonly definition: FunctionDefinition;

      /** Takes what it prints. */
      readonly print: ((text: string) => void) | undefined;
    },
  ) {
    const code =
      of.code.kind === "file"
        ? readFileSync(of.code.path)
        : Buffer.from(String(of.code.handler));
    this.codeSize = code.length;
    this.codeSha256 = createHash("sha256").update(code).digest("base64");
  }

  /** Runs this version once. After {@link FunctionVersion.close} it rejects. Without `writeChunk`, a streamed answer comes whole. */
  async run(
    invocation: Invocation,
    writeChunk?: TakePiece,
  ): Promise<InvocationOutcome> {
    if (this.#isClosed)
      throw new Error(`${this.of.createFunctionArn} was deleted meanwhile.`);
    const runtime = this.#runtimeOf(invocation.tenantId);
    if (writeChunk) return await runtime.invoke(invocation, writeChunk);
    const joined = new JoinedPieces();
    return joined.complete(await runtime.invoke(invocation, joined.write));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(
      [...this.#runtimes.values()].map((runtime) => runtime.close()),
    );
  }

  // Two tenants never share an instance, so each has a runtime of its own.
  #runtimeOf(tenantId: string | undefined): FunctionRuntime {
    const known = this.#runtimes.get(tenantId);
    if (known) return known;
    const { definition } = this.of;
    const runtime = createRuntime(this.of.code, {
      functionName: definition.name,
      functionArn: this.of.createFunctionArn,
      version: this.of.version,
      memorySize: definition.memorySize,
      timeoutSeconds: definition.timeout,
      environment: definition.environment,
      print: this.of.print,
    });
    this.#runtimes.set(tenantId, runtime);
    return runtime;
  }
}
