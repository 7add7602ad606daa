import { ResponseError } from "../../errors";
import { BaseOperation } from "./BaseOperation";
import type { Call } from "../call/Call";
import type { ExecuteArguments } from "./Operation";

/** The fields of a request for pages; the operation's request class documents them. */
export interface PagedRequest {
  readonly marker?: string;
  readonly limit?: number;
}

/** One page, and the marker of the next. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Missing or empty on the last page. */
  readonly nextMarker?: string | undefined;
}

/**
 * An operation that lists items. A subclass defines `readPage` and `toResponse`; this class provides `execute`, `stream` and
 * `page`.
 */
export abstract class PagedOperation<
  Request extends PagedRequest & object,
  Item,
  Response,
> extends BaseOperation<Request> {
  /**
   * Returns all items, or the first `limit`, as an array. `timeoutMs` applies to all pages together.
   *
   * @throws `ERR_INVALID_INPUT` before anything is sent, and the errors documented for the operation.
   */
  execute(...[request, options]: ExecuteArguments<Request>): Promise<Item[]> {
    return this.runCall({
      request,
      options,
      work: async (parsed, call) => {
        const all: Item[] = [];
        const items = readItems(this.name, () => ({
          firstRequest: parsed,
          read: (page) => this.readPage(page, call),
        }));
        for await (const item of items) all.push(item);
        return all;
      },
    });
  }

  /**
   * Yields the items one by one, with constant memory. A page is requested when its first item is needed. `timeoutMs`
   * applies to each page, not to all together.
   *
   * @throws The errors of {@link execute}, before the first item or between two pages.
   */
  stream(
    ...[request, options]: ExecuteArguments<Request>
  ): AsyncGenerator<Item, void, undefined> {
    return readItems(this.name, () => ({
      firstRequest: this.parse(request),
      read: (page) =>
        this.runCall({
          request: page,
          options,
          work: (parsed, call) => this.readPage(parsed, call),
        }),
    }));
  }

  /**
   * Returns one page and the marker of the next, for tools with their own loop.
   *
   * @throws The errors of {@link execute}.
   */
  page(...[request, options]: ExecuteArguments<Request>): Promise<Response> {
    return this.runCall({
      request,
      options,
      work: async (parsed, call) => {
        const { items, nextMarker } = await this.readPage(parsed, call);
        return this.toResponse(nextMarker ? { items, nextMarker } : { items });
      },
    });
  }

  /** Requests one page from AWS. */
  protected abstract readPage(
    request: Request,
    call: Call,
  ): Promise<Page<Item>>;

  /** Translates a page into the response entity. */
  protected abstract toResponse(page: Page<Item>): Response;
}

/** The first request, and how each page is read. */
interface PageReader<Request, Item> {
  readonly firstRequest: Request;
  readonly read: (request: Request) => Promise<Page<Item>>;
}

/** Yields the items of all pages, up to the limit. Nothing is sent before the first item is requested. */
async function* readItems<Request extends PagedRequest, Item>(
  operation: string,
  createReader: () => PageReader<Request, Item>,
): AsyncGenerator<Item, void, undefined> {
  const { firstRequest, read } = createReader();
  const seen = new Set<string>();
  let remaining = firstRequest.limit ?? Infinity;
  let { marker } = firstRequest;
  do {
    const page = await read(
      marker === undefined ? firstRequest : { ...firstRequest, marker },
    );
    for (const item of page.items) {
      if (remaining-- <= 0) return;
      yield item;
    }
    if (marker !== undefined) seen.add(marker);
    if (page.nextMarker && seen.has(page.nextMarker))
      throw new ResponseError({
        operation,
        message: `${operation}: AWS returned the same marker twice, so the list would never end. Try again.`,
        retryable: true,
      });
    marker = page.nextMarker;
  } while (marker && remaining > 0);
}
