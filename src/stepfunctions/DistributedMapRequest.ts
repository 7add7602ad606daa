import {
  Caption,
  IsIn,
  IsIntBetween,
  IsOptional,
  IsString,
  Matches,
  Satisfies,
} from "../../domain/decorators";
import { IsSwitch } from "../policies/requestFields";

/** The longest key of an object in S3, in bytes of UTF-8. */
const MAX_KEY_BYTES = 1_024;

/** The keys of the results begin with the prefix and the UUID of the run. */
const MAX_PREFIX_BYTES = 900;

/**
 * A name of a general purpose bucket: no IP address, no reserved prefix or suffix.
 *
 * Source: {@link https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html | Bucket naming rules}.
 */
const BUCKET =
  /^(?!xn--|sthree-|amzn-s3-demo-|\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)(?!.*(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

const BUCKET_MESSAGE = {
  message:
    "$property must be the name of a general purpose S3 bucket, 3 to 63 lowercase letters, digits, dots and hyphens",
};

/** No wildcard or variable of IAM, no expression of Step Functions, nothing that does not print. */
const KEY = /^[^*?${}\p{Cc}]+$/u;

function isKeyOf(maxBytes: number): (value: unknown) => boolean {
  return (value) =>
    typeof value === "string" &&
    KEY.test(value) &&
    Buffer.byteLength(value) <= maxBytes;
}

const isPrefix = (value: unknown): boolean =>
  isKeyOf(MAX_PREFIX_BYTES)(value) && !/^\/|\/$/.test(String(value));

/** Request of {@link toDistributedMap}. */
export class DistributedMapRequest {
  /** ARN of the state machine that gets the definition. It must be a Standard workflow. Its name must be final: the policies contain it. */
  @Caption("State machine ARN")
  @IsString()
  @Matches(
    /^arn:aws[a-z-]*:states:[a-z]{2,}(-[a-z]+)+-\d+:\d{12}:stateMachine:[\w-]{1,80}$/,
    {
      message:
        "$property must be the ARN of a state machine without version or alias, for example arn:aws:states:eu-central-1:111122223333:stateMachine:prices",
    },
  )
  readonly stateMachineArn!: string;

  /**
   * The functions that the requests name, each in any form that AWS accepts: `price`, `price:live` or an ARN. They must be in the
   * account and region of the state machine. With a version or an alias, only that one may be invoked. Without one, the function
   * may only be invoked by its unqualified name.
   */
  @Caption("Functions")
  readonly functionName!: string | readonly string[];

  /** Whether every version and alias may be invoked as well, including future ones. Defaults to `false`. */
  @IsSwitch("Any version")
  readonly anyVersion?: boolean;

  /**
   * Bucket of the items, the file that {@link toMapItems} writes. It must be in the account and region of the state machine.
   *
   * @see {@link https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html | Bucket naming rules}
   */
  @Caption("Bucket of the items")
  @IsString()
  @Matches(BUCKET, BUCKET_MESSAGE)
  readonly itemsBucket!: string;

  /** Key of the items, 1 to 1,024 bytes, without control characters and `* ? $ { }`. */
  @Caption("Key of the items")
  @IsString()
  @Satisfies(isKeyOf(MAX_KEY_BYTES), {
    message:
      "$property must be an S3 key of 1 to 1024 bytes, without control characters and * ? $ { }",
  })
  readonly itemsKey!: string;

  /** Bucket of the results. Defaults to `itemsBucket`. */
  @Caption("Bucket of the results")
  @IsOptional()
  @IsString()
  @Matches(BUCKET, BUCKET_MESSAGE)
  readonly resultsBucket?: string;

  /**
   * Prefix of the results, 1 to 900 bytes, without control characters and `* ? $ { }`, and without a slash at either end. Each run
   * writes to a folder of its own below it.
   */
  @Caption("Prefix of the results")
  @IsString()
  @Satisfies(isPrefix, {
    message:
      "$property must be an S3 prefix of 1 to 900 bytes, without control characters and * ? $ { }, and without a slash at either end",
  })
  readonly resultsPrefix!: string;

  /**
   * Maximum number of invocations in flight, 1 to 10,000. Defaults to 100, as in `InvokeMany`.
   *
   * Unlike `InvokeMany`, Step Functions does not slow down when Lambda throttles: choose less than the concurrency that your
   * account and the functions have available.
   */
  @Caption("Concurrency")
  @IsOptional()
  @IsIntBetween(1, 10_000)
  readonly concurrency?: number;

  /**
   * How many percent of the requests may fail before the run stops, 0 to 100. Defaults to 100, so that a failure never stops
   * the others, as in `InvokeMany`; but to no percentage if `toleratedFailureCount` is set.
   *
   * A run that stops cuts off the invocations in flight. They may have run, and their responses are lost.
   */
  @Caption("Tolerated failures (percent)")
  @IsOptional()
  @IsIntBetween(0, 100)
  readonly toleratedFailurePercentage?: number;

  /**
   * How many requests may fail before the run stops, 0 to 100,000,000. Defaults to no limit. With `toleratedFailurePercentage`,
   * the run stops when the first of both is exceeded.
   */
  @Caption("Tolerated failures (count)")
  @IsOptional()
  @IsIntBetween(0, 100_000_000)
  readonly toleratedFailureCount?: number;

  /**
   * Type of the workflow that each request runs in. Defaults to `STANDARD`.
   *
   * `STANDARD` runs each request exactly once. `EXPRESS` costs less, but may run a request more than once: only requests with
   * `idempotent: true` are sent, and all others fail with the error `NotIdempotent`. Its invocations take at most 5 minutes.
   *
   * @see {@link https://docs.aws.amazon.com/step-functions/latest/dg/express-at-least-once-execution.html | Execution guarantees}
   */
  @Caption("Execution type")
  @IsOptional()
  @IsIn(["STANDARD", "EXPRESS"], {
    message: "executionType must be STANDARD or EXPRESS",
  })
  readonly executionType?: "STANDARD" | "EXPRESS";

  /**
   * How long Step Functions waits for the response of one attempt, 1 to 86,400 seconds; at most 300 for `EXPRESS`. Defaults to
   * 910, which is more than Lambda's limit, or 300 for `EXPRESS`. After that, the request fails with `States.Timeout`: it may have
   * run, and is not sent again.
   */
  @Caption("Timeout (seconds)")
  @IsOptional()
  @IsIntBetween(1, 86_400)
  readonly timeoutSeconds?: number;
}
