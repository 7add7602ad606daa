import { FunctionResponse } from "../domain";
import {
  Caption,
  IsIn,
  IsInt,
  IsIntBetween,
  IsOptional,
  IsString,
  Length,
  Matches,
  Min,
} from "../domain/decorators";
import { LIST_FUNCTIONS } from "../src/engine/actions/ListFunctions";
import type { Call } from "../src/engine/call/Call";
import { sendRequest } from "../src/engine/call/request";
import {
  PagedOperation,
  type Page,
} from "../src/engine/operation/PagedOperation";
import { toFunctionResponse } from "../src/engine/invocation/toFunctionResponse";

/**
 * Functions to list. An empty request lists all functions.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html |
 * ListFunctions in the Lambda API reference}
 */
export class ListFunctionsRequest {
  /** `ALL` also lists all published versions. Defaults to the unpublished version of each function. */
  @Caption("Function version")
  @IsOptional()
  @IsIn(["ALL"], { message: "functionVersion must be ALL or omitted" })
  readonly functionVersion?: "ALL";

  /**
   * Region of the functions whose Lambda@Edge replicas are listed, or `ALL`. Defaults to no replicas.
   *
   * Requires `functionVersion: "ALL"`.
   */
  @Caption("Master region")
  @IsOptional()
  @IsString()
  @Matches(/^(ALL|[a-z]{2,4}(-[a-z]+)+-\d{1,2})$/, {
    message: "masterRegion must be ALL or a region, for example us-east-1",
  })
  readonly masterRegion?: string;

  /** `nextMarker` of the previous page. Defaults to the first page. */
  @Caption("Marker")
  @IsOptional()
  @IsString()
  @Length(1, undefined, {
    message: "marker must not be empty; omit it for the first page",
  })
  @Matches(/^\P{Surrogate}*$/u, {
    message: "marker must be the unchanged nextMarker of a page",
  })
  readonly marker?: string;

  /** Maximum number of functions per page, 1 to 10,000; AWS returns at most 50. Defaults to 50. */
  @Caption("Page size")
  @IsOptional()
  @IsIntBetween(1, 10_000)
  readonly maxItems?: number;

  /**
   * Maximum number of functions in total, at least 1. Defaults to all functions.
   *
   * Applies to `execute` and `stream`. `page` ignores it and is limited by `maxItems`.
   */
  @Caption("Limit")
  @IsOptional()
  @IsInt({ message: "limit must be an integer of at least 1" })
  @Min(1, { message: "limit must be an integer of at least 1" })
  readonly limit?: number;
}

/**
 * One page of functions.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html |
 * ListFunctions in the Lambda API reference}
 */
export class ListFunctionsResponse {
  /** Functions of this page, 0 to 50. AWS documents no order. */
  @Caption("Functions")
  readonly functions!: readonly FunctionResponse[];

  /** `marker` for the request of the next page. Missing on the last page. */
  @Caption("Next marker")
  readonly nextMarker?: string;
}

/**
 * Lists the functions of an account in a region.
 *
 * `execute` returns all of them, `stream` yields them one by one, and `page` returns one page with its marker. Needs
 * `lambda:ListFunctions`, which IAM supports only for the resource `*`.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request is invalid, or no region is configured. Nothing is sent.
 * - `ERR_CREDENTIALS`: no credentials were found.
 * - `ERR_SERVICE`: AWS refused the request. `TooManyRequestsException` is temporary.
 * - `ERR_TRANSPORT`: no complete response was received.
 * - `ERR_DEADLINE`: the timeout elapsed, or the caller's signal was aborted.
 * - `ERR_RESPONSE`: the response cannot be read, or a page marker repeats.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html |
 * ListFunctions in the Lambda API reference}
 *
 * @example
 * const all = await connector.listFunctions();
 * const page = await connector.listFunctions.page({ maxItems: 10 });
 * for await (const fn of connector.listFunctions.stream({ limit: 100 }))
 *   console.log(fn.functionName, fn.memorySize);
 */
export class ListFunctions extends PagedOperation<
  ListFunctionsRequest,
  FunctionResponse,
  ListFunctionsResponse
> {
  readonly name = "ListFunctions";
  readonly permissions = ["lambda:ListFunctions"];
  readonly request = ListFunctionsRequest;

  protected async readPage(
    request: ListFunctionsRequest,
    call: Call,
  ): Promise<Page<FunctionResponse>> {
    const { Functions = [], NextMarker } = await sendRequest(
      call,
      LIST_FUNCTIONS,
      {
        input: {
          FunctionVersion: request.functionVersion,
          MasterRegion: request.masterRegion,
          Marker: request.marker,
          MaxItems: request.maxItems,
        },
      },
    );
    return { items: Functions.map(toFunctionResponse), nextMarker: NextMarker };
  }

  protected toResponse({
    items,
    nextMarker,
  }: Page<FunctionResponse>): ListFunctionsResponse {
    return Object.assign(
      new ListFunctionsResponse(),
      { functions: items },
      nextMarker === undefined ? {} : { nextMarker },
    );
  }
}
