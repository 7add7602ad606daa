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
import type { Call } from "../src/engine/Call";
import { PagedOperation, type Page } from "../src/engine/PagedOperation";
import { toFunctionResponse } from "../src/engine/toFunctionResponse";

/** Which functions to list. Everything is optional: an empty request lists them all. */
export class ListFunctionsRequest {
  /** `ALL`: every published version too. Absent: each function once, as it would run without a qualifier. */
  @Caption("Function version")
  @IsOptional()
  @IsIn(["ALL"], { message: "functionVersion takes ALL, or nothing" })
  readonly functionVersion?: "ALL";

  /** For Lambda@Edge: the region whose functions' replicas are listed, or `ALL`. Needs `functionVersion: "ALL"`. */
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
  readonly marker?: string;

  /** Most functions on one page, 1 to 10,000; AWS puts 50 on a page at most. Absent: 50. */
  @Caption("Page size")
  @IsOptional()
  @IsInt({ message: "maxItems takes a whole number" })
  @Min(1, { message: "maxItems takes 1 to 10000" })
  @Max(10_000, { message: "maxItems takes 1 to 10000" })
  readonly maxItems?: number;

  /** Most functions altogether, at least 1; for `execute` and `stream`. Absent: all of them. */
  @Caption("Limit")
  @IsOptional()
  @IsInt({ message: "limit takes a whole number" })
  @Min(1, { message: "limit takes 1 or more" })
  readonly limit?: number;
}

/** One page of functions. */
export class ListFunctionsResponse {
  /** The functions of this page; AWS documents no order. */
  @Caption("Functions")
  readonly functions!: readonly FunctionResponse[];

  /** Where the next page begins. Absent: this was the last. */
  @Caption("Next marker")
  readonly nextMarker?: string;
}

/**
 * Lists the functions of an account in a region.
 *
 * `execute` answers with all of them, `stream` with one after the other, `page` with one page and its marker.
 *
 * @throws `ERR_INVALID_INPUT` before anything is sent; `ERR_SERVICE` when AWS refuses; `ERR_CREDENTIALS` without keys;
 * `ERR_TRANSPORT` when nothing answers; `ERR_DEADLINE` when time runs out.
 *
 * @example
 * for await (const fn of connector.listFunctions.stream()) console.log(fn.functionName, fn.memorySize);
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
    // The last page has an empty marker where it has one at all.
    const nextMarker = NextMarker === "" ? undefined : NextMarker;
    return { items: Functions.map(toFunctionResponse), nextMarker };
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
