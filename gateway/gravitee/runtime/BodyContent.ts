import { UnreadableFault } from "../expression/errors/Fault";
import { readJson } from "../expression/json/JsonDocument";
import type { Meter } from "../expression/metering/Meter";
import { xmlToMap } from "../expression/xml/xmlToMap";

/** A complete body as `content`, `jsonContent` and `xmlContent` of `#request` or `#response`. Parsed on first use. */
export class BodyContent {
  readonly text: string;

  #json: { readonly value: unknown } | undefined;
  #xml: { readonly value: unknown } | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** The body as JSON. An empty map if it is not valid JSON, as in Gravitee. */
  readJson(meter: Meter): unknown {
    this.#json ??= {
      value: parseOrEmpty(() => readJson(this.text, meter).exact),
    };
    const { value } = this.#json;
    return typeof value === "string" ? {} : value;
  }

  /** The children of the XML root element, by name. An empty map if the body is not valid XML, as in Gravitee. */
  readXml(meter: Meter): unknown {
    this.#xml ??= {
      value: parseOrEmpty(() => xmlToMap(this.text, meter)),
    };
    return this.#xml.value;
  }
}

function parseOrEmpty(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (error) {
    // A body that exceeds a limit must not look empty: a client could bypass a condition that way.
    if (!(error instanceof UnreadableFault)) throw error;
    return {};
  }
}
