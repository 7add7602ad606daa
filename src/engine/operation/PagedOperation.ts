import { ResponseError } from "../../errors";
import { BaseOperation } from "./BaseOperation";
import type { Call } from "../call/Call";
import type { ExecuteArguments } from "./Operation";

/** What a request for pages has. */
export interface PagedRequest {
  readonly marker?: string;
  readonly limit?: number;
}

/** One page, and where the next begins. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent or empty: this was the last page. */
  readonly nextMarker?: string | undefined;
}

/** An activity that lists. It writes `readPage` and `toAnswer`; `execute`, `stream` and `page` come from here. */
export abstract class PagedOperation<
  Request extends PagedRequest & object,
  Item,
  Answer,
> extends BaseOperation<Request> {
  /**
   * Everything, or the first `limit` items, as a list. `timeoutMs` bounds the whole.
   *
   * @throws `ERR_INVALID_INPUT` before anything is sent; otherwise as the operation says.
   */
  execute(...[request, options]: ExecuteArguments<Request>): Promise<Item[]> {
    return this.perform(request, options, async (parsed, call) => {
      const all: Item[] = [];
      const items = readItems(this.name, () => ({
        from: parsed,
        read: (page) => this.readPage(page, call),
      }));
      for await (const item of items) all.push(item);
      return all;
    });
  }

  /**
   * The same one by one: a page is read when its first item is wanted, and memory stays flat. `timeoutMs` bounds each
   * page, not the whole.
   *
   * @throws as {@link execute}, at the first item or between two pages.
   */
  stream(
    ...[request, options]: ExecuteArguments<Request>
  ): AsyncGenerator<Item, void, undefined> {
    return readItems(this.name, () => ({
      from: this.parse(request),
      read: (page) =>
        this.perform(page, options, (parsed, call) =>
          this.readPage(parsed, call),
        ),
    }));
  }

  /**
   * One page and its marker, for tools that loop by themselves.
   *
   * @throws as {@link execute}.
   */
  page(...[request, options]: ExecuteArguments<Request>): Promise<Answer> {
    return this.perform(request, options, async (parsed, call) => {
      const { items, nextMarker } = await this.readPage(parsed, call);
      return this.toResponse(nextMarker ? { items, nextMarker } : { items });
    });
  }

  /** Asks AWS for one page. */
  protected abstract readPage(
    request: Request,
    call: Call,
  ): Promise<Page<Item>>;

  /** Makes the response entity of a page. */
  protected abstract toResponse(page: Page<Item>): Answer;
}

/** Where a walk begins, and how it comes by a page. */
interface PageReader<Request, Item> {
  readonly from: Request;
  readonly read: (request: Request) => Promise<Page<Item>>;
}

/** Every item of every page, up to the limit; nothing happens before the first is wanted. */
async function* readItems<Request extends PagedRequest, Item>(
  operation: string,
  begin: () => PageReader<Request, Item>,
): AsyncGenerator<Item, void, undefined> {
  const { from, read } = begin();
  const seen = new Set<string>();
  let left = from.limit ?? Infinity;
  let { marker } = from;
  do {
    const page = await read(marker === undefined ? from : { ...from, marker });
    for (const item of page.items) {
      if (left-- <= 0) return;
      yield item;
    }
    if (marker !== undefined) seen.add(marker);
    if (page.nextMarker && seen.has(page.nextMarker))
      throw new ResponseError({
        operation,
        message: `${operation}: AWS answered the same marker twice; the list would never end. Try again.`,
        retryable: true,
      });
    marker = page.nextMarker;
  } while (marker && left > 0);
}
