import {
  Function as LambdaFunction,
  InvocationType,
  LogType,
  type InvokeFunctionResponse,
} from "../domain";
import {
  Caption,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
} from "../domain/decorators";
import type { Call } from "../src/engine/Call";
import { invoke, prepare } from "../src/engine/invoke";
import { Operation } from "../src/engine/Operation";

/**
 * Which function to run, with what, and how.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 */
export class InvokeFunctionRequest extends LambdaFunction {
  /** Version or alias, 1 to 128 characters. Absent: the unqualified function, or the qualifier in its name. */
  @Caption("Qualifier")
  @IsOptional()
  @IsString()
  @Length(1, 128, { message: "qualifier takes 1 to 128 characters" })
  @Matches(/^(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_$]+)$/, {
    message: "qualifier takes a version, an alias or $LATEST",
  })
  readonly qualifier?: string;

  /**
   * What the function is given: any JSON value, written as `JSON.stringify` writes it; a `Uint8Array` goes as it is. At
   * most 6 MB (6,291,456 bytes), 1 MB (1,048,576) for `Event`. Absent: nothing.
   *
   * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html | Lambda quotas}
   */
  @Caption("Payload")
  readonly payload?: unknown;

  /**
   * The payload as JSON text, for tools: checked and sent as it is, with the bounds of `payload`. Empty or absent:
   * nothing. Not together with `payload`.
   */
  @Caption("Payload (JSON text)")
  @IsOptional()
  @IsString({ message: "payloadJson takes JSON text" })
  readonly payloadJson?: string;

  /** `RequestResponse`: wait for the answer; `Event`: queue it; `DryRun`: only check. Absent: `RequestResponse`. */
  @Caption("Invocation type")
  @IsOptional()
  @IsIn(Object.values(InvocationType), {
    message: "invocationType takes RequestResponse, Event or DryRun",
  })
  readonly invocationType?: `${InvocationType}`;

  /**
   * `Tail`: the answer brings the last 4 KB of the function's log. For `RequestResponse` only: with `Event` and `DryRun`
   * AWS takes it and brings no log. Absent: `None`.
   */
  @Caption("Log type")
  @IsOptional()
  @IsIn(Object.values(LogType), { message: "logType takes None or Tail" })
  readonly logType?: `${LogType}`;

  /**
   * What the function finds as `context.clientContext`: a JSON object, or its text; at most 3,583 bytes of base64. For
   * `RequestResponse` only. Absent: nothing.
   */
  @Caption("Client context")
  readonly clientContext?: unknown;

  /**
   * Id of the tenant, 1 to 256 letters, digits, spaces and `. _ : / = + - @`; needed by functions that keep tenants
   * apart. Absent: none.
   *
   * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation-invoke.html |
   * Invoking functions with tenant isolation}
   */
  @Caption("Tenant id")
  @IsOptional()
  @IsString()
  @Matches(/^[a-zA-Z0-9._:/=+\-@ ]{1,256}$/, {
    message:
      "tenantId takes 1 to 256 letters, digits, spaces and . _ : / = + - @",
  })
  readonly tenantId?: string;

  /**
   * Lambda's own idempotency key for durable functions, 1 to 64 letters, digits, hyphens and underscores. The same name
   * with the same payload gives the execution that is there. Absent: none.
   *
   * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking.html | Invoking durable functions}
   */
  @Caption("Durable execution name")
  @IsOptional()
  @IsString()
  @Matches(/^[a-zA-Z0-9-_]{1,64}$/, {
    message:
      "durableExecutionName takes 1 to 64 letters, digits, hyphens and underscores",
  })
  readonly durableExecutionName?: string;

  /** Whether running it twice does no harm. `true`: up to 3 attempts where AWS or the wire fails. Absent: sent once. */
  @Caption("Idempotent")
  @IsOptional()
  @IsBoolean({ message: "idempotent takes true or false" })
  readonly idempotent?: boolean;

  /** What a failed function is: `return`, an answer with `functionError`; `throw`, `ERR_FUNCTION`. Absent: `throw`. */
  @Caption("On function error")
  @IsOptional()
  @IsIn(["throw", "return"], {
    message: "onFunctionError takes throw or return",
  })
  readonly onFunctionError?: "throw" | "return";
}

/**
 * Runs a function, queues an event for it, or checks that it could be run.
 *
 * It is sent once. When no answer comes, the error's `execution` tells whether the function may have run. Needs
 * `lambda:InvokeFunction`.
 *
 * It is sent to the connection's region. An ARN of another region Lambda refuses (`ERR_SERVICE`,
 * `ResourceNotFoundException`): make a connector for that region. {@link AssumeRoleInvoke} follows the ARN.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request breaks a rule, or no region is named anywhere; nothing is sent.
 * - `ERR_FUNCTION`: the function ran and failed, unless `onFunctionError` is `return`.
 * - `ERR_SERVICE`: AWS refuses.
 * - `ERR_CREDENTIALS`: there are no keys.
 * - `ERR_TRANSPORT`: no whole answer came.
 * - `ERR_DEADLINE`: time ran out, or the caller's signal fired.
 * - `ERR_RESPONSE`: the answer cannot be read. One that is not JSON throws where its `payload` is read, not here.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html | Invoke in the Lambda API reference}
 *
 * @example
 * const answer = await connector.invokeFunction({ functionName: "price", payload: { sku: "A-17" } });
 * console.log(answer.payload);
 *
 * @example
 * await connector.invokeFunction({ functionName: "report:live", payload: { day: 1 }, invocationType: "Event" });
 */
export class InvokeFunction extends Operation<
  InvokeFunctionRequest,
  InvokeFunctionResponse
> {
  readonly name = "InvokeFunction";
  readonly permissions = ["lambda:InvokeFunction"];
  readonly request = InvokeFunctionRequest;

  protected async run(
    request: InvokeFunctionRequest,
    call: Call,
  ): Promise<InvokeFunctionResponse> {
    return invoke(prepare(request, call), call);
  }
}
