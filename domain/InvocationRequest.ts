import {
  Caption,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
} from "./decorators";
import { Function as LambdaFunction } from "./Function";
import { LogType } from "./LogType";

/** A function and its payload. Base class of the requests that invoke one function. */
export class InvocationRequest extends LambdaFunction {
  /** Version or alias, 1 to 128 characters. Defaults to the qualifier in `functionName`, if any. */
  @Caption("Qualifier")
  @IsOptional()
  @IsString()
  @Length(1, 128, { message: "qualifier must be 1 to 128 characters long" })
  @Matches(/^(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_$]+)$/, {
    message: "qualifier must be a version, an alias or $LATEST",
  })
  readonly qualifier?: string;

  /**
   * Input of the function: any JSON value, or a `Uint8Array`. Defaults to no payload.
   *
   * Pass the value itself, not its JSON: a string is sent as a JSON string, so a function receives `JSON.stringify({ a: 1 })`
   * as a string. If a string contains a JSON object or array, the process warns once (`AWS_LAMBDA_CONNECTOR_PAYLOAD`). Use
   * `payloadJson` for a JSON string.
   *
   * A value is serialized by `JSON.stringify` before the operation returns its promise. The bytes of a `Uint8Array` are sent
   * unchanged and not copied: don't change them until the promise has settled. `InvokeMany` copies them. At most 6 MB
   * (6,291,456 bytes), or 1 MB (1,048,576 bytes) for the invocation type `Event`.
   *
   * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html | Lambda quotas}
   */
  @Caption("Payload")
  readonly payload?: unknown;

  /**
   * Payload as a JSON string, for tools. Defaults to no payload, as does an empty string.
   *
   * The string is checked and sent unchanged, with the size limits of `payload`. Cannot be combined with `payload`. The AWS
   * SDK's `Payload: JSON.stringify(value)` is `payloadJson: JSON.stringify(value)`, or just `payload: value`.
   */
  @Caption("Payload (JSON string)")
  @IsOptional()
  @IsString({ message: "payloadJson must be a JSON string" })
  readonly payloadJson?: string;

  /**
   * Whether the response includes the last 4 KB of the function's log: `Tail` or `None`. Defaults to `None`.
   *
   * Only the invocation type `RequestResponse` returns a log. With `Event` and `DryRun`, AWS accepts `Tail` and ignores it.
   */
  @Caption("Log type")
  @IsOptional()
  @IsIn(Object.values(LogType), { message: "logType must be None or Tail" })
  readonly logType?: `${LogType}`;

  /**
   * Value of `context.clientContext` in the function: an object, or a string of JSON. Defaults to no client context.
   *
   * At most 3,583 bytes when encoded as base64. Only for the invocation type `RequestResponse`.
   */
  @Caption("Client context")
  readonly clientContext?: unknown;

  /**
   * Id of the tenant, 1 to 256 letters, digits, spaces and `. _ : / = + - @`. Defaults to no tenant.
   *
   * It is sent in a header, from which HTTP removes spaces at both ends: it must not begin or end with one.
   *
   * Required by functions with tenant isolation.
   *
   * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation-invoke.html |
   * Invoking functions with tenant isolation}
   */
  @Caption("Tenant ID")
  @IsOptional()
  @IsString()
  @Matches(/^(?! )[a-zA-Z0-9._:/=+\-@ ]{1,256}(?<! )$/, {
    message:
      "tenantId must be 1 to 256 letters, digits, spaces and . _ : / = + - @, without a space at either end",
  })
  readonly tenantId?: string;

  /**
   * Whether the function may safely run more than once. Defaults to `false`.
   *
   * If `true`, the request is sent again, up to `maxAttempts` (3) times in total, when AWS or the network fails. Otherwise it is
   * only sent again if the function certainly did not run, for example because AWS throttled the request.
   */
  @Caption("Idempotent")
  @IsOptional()
  @IsBoolean({ message: "idempotent must be true or false" })
  readonly idempotent?: boolean;
}
