import { UnreadableFault } from "../expression/errors/Fault";
import { readJson } from "../expression/json/JsonDocument";
import { Meter } from "../expression/metering/Meter";
import { xmlToMap } from "../expression/xml/xmlToMap";

/** The body of a message, as expressions see it: as text, as JSON, as XML. */
export class BodyContent {
  readonly text: string;

  #json: { readonly value: unknown } | undefined;
  #xml: { readonly value: unknown } | undefined;

  /** Made of the whole of a body. */
  constructor(text: string) {
    this.text = text;
  }

  /** What the JSON says; an empty map where it is none. */
  get json(): unknown {
    this.#json ??= {
      value: orEmpty(() => readJson(this.text, new Meter()).exact),
    };
    const { value } = this.#json;
    return typeof value === "string" ? {} : value;
  }

  /** What stands in the root of the XML, by name; an empty map where it is none. */
  get xml(): unknown {
    this.#xml ??= { value: orEmpty(() => xmlToMap(this.text, new Meter())) };
    return this.#xml.value;
  }
}

function orEmpty(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    // What takes too long, or is too much, is no empty body: that would lead around a condition.
    if (!(error instanceof UnreadableFault)) throw error;
    return {};
  }
}
