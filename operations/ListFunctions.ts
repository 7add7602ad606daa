import { FunctionResponse } from "../domain";
import {
  Caption,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from "../domain/decorators";
import type { Call } from "../src/engine/call/Call";
import {
  PagedOperation,
  type Page,
} from "../src/engine/operation/PagedOperation";
import { toFunctionResponse } from "../src/engine/invocation/toFunctionResponse";

/**
 * Which functions to list. Everything is optional: an empty request lists them all.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html |
 * ListFunctions in the Lambda API reference}
 */
export class ListFunctionsRequest {
  /** Which versions: `ALL` lists every published one too. Absent: each function once, unpublished. */
  @Caption("Function version")
  @IsOptional()
  @IsIn(["ALL"], { message: "functionVersion takes ALL, or nothing" })
  readonly functionVersion?: "ALL";

  /**
   * Region whose functions' Lambda@Edge replicas are listed, or `ALL`. Needs `functionVersion: "ALL"`. Absent: replicas
   * are not asked for.
   */
  @Caption("Master region")
  @IsOptional()
  @IsString()
  @Matches(/^(ALL|[a-z]{2,4}(-[a-z]+)+-\d{1,2})$/, {
    message: "masterRegion takes ALL or a region, for example us-east-1",
  })
  readonly masterRegion?: string;

  /** Where to begin: the `nextMarker` of the page before. Absent: at the beginning. */
  @Caption("Marker")
  @IsOptional()
  @IsString()
  @Length(1, undefined, { message: "marker takes a text, or nothing" })
  @Matches(/^\P{Surrogate}*$/u, {
    message: "marker takes the nextMarker of a page, as it is",
  })
  readonly marker?: string;

  /** Most functions on one page, 1 to 10,000; AWS puts 50 on a page at most, whatever is asked. Absent: 50. */
  @Caption("Page size")
  @IsOptional()
  @IsInt({ message: "maxItems takes a whole number, 1 to 10000" })
  @Min(1, { message: "maxItems takes a whole number, 1 to 10000" })
  @Max(10_000, { message: "maxItems takes a whole number, 1 to 10000" })
  readonly maxItems?: number;

  /**
   * Most functions altogether, at least 1; for `execute` and `stream`. It does nothing for `page`, which `maxItems`
   * bounds. Absent: all of them.
   */
  @Caption("Limit")
  @IsOptional()
  @IsInt({ message: "limit takes a whole number, 1 or more" })
  @Min(1, { message: "limit takes a whole number, 1 or more" })
  readonly limit?: number;
}

/**
 * One page of functions.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html |
 * ListFunctions in the Lambda API reference}
 */
export class ListFunctionsResponse {
  /** The functions of this page, 0 to 50; AWS documents no order. */
  @Caption("Functions")
  readonly functions!: readonly FunctionResponse[];

  /** Where the next page begins: the `marker` of the next request. Absent: this was the last. */
  @Caption("Next marker")
  readonly nextMarker?: string;
}

/**
 * Lists the functions of an account in a region.
 *
 * `execute` answers with all of them, `stream` with one after the other, `page` with one page and its marker. Needs
 * `lambda:ListFunctions`, which AWS grants on `*` only.
 *
 * @throws
 * - `ERR_INVALID_INPUT`: the request breaks a rule, or no region is named anywhere; nothing is sent.
 * - `ERR_CREDENTIALS`: there are no keys.
 * - `ERR_SERVICE`: AWS refuses; `TooManyRequestsException` passes by itself.
 * - `ERR_TRANSPORT`: no whole answer came.
 * - `ERR_DEADLINE`: time ran out, or the caller's signal fired.
 * - `ERR_RESPONSE`: the answer cannot be read, or the pages go in a circle.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html |
 * ListFunctions in the Lambda API reference}
 *
 * @example
 * const all = await connector.listFunctions();
 * const page = await connector.listFunctions.page({ maxItems: 10 });
 * for await (const fn of connector.listFunctions.stream({ limit: 100 })) console.log(fn.functionName, fn.memorySize);
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
    const { Functions = [], NextMarker } = await call.lambda("ListFunctions", {
      FunctionVersion: request.functionVersion,
      MasterRegion: request.masterRegion,
      Marker: request.marker,
      MaxItems: request.maxItems,
    });
    return { items: Functions.map(toFunctionResponse), nextMarker: NextMarker };
  }

  protected toAnswer({
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
