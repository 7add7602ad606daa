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

/** A function, and what it is given: what every way of invoking takes. */
export class Invocation extends LambdaFunction {
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

  /** Whether running it twice does no harm. `true`: up to 3 attempts where AWS or the wire fails. Absent: sent once. */
  @Caption("Idempotent")
  @IsOptional()
  @IsBoolean({ message: "idempotent takes true or false" })
  readonly idempotent?: boolean;
}
