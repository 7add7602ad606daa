/** A query parameter of a URL. */
export interface QueryParameter {
  /** Its values, decoded, in order. */
  readonly values: readonly string[];

  /** The URL without the parameter. Everything else stays as it is written. */
  readonly rest: string;
}

/** Reads a query parameter, however its name is encoded. */
export function readQueryParameter(url: string, name: string): QueryParameter {
  const at = url.indexOf("?");
  if (at < 0) return { values: [], rest: url };
  const values: string[] = [];
  const kept = url
    .slice(at + 1)
    .split("&")
    .filter((pair) => {
      const [rawName = ""] = pair.split("=", 1);
      if (decode(rawName) !== name) return true;
      values.push(decode(pair.slice(rawName.length + 1)));
      return false;
    });
  if (values.length === 0) return { values, rest: url };
  const path = url.slice(0, at);
  return {
    values,
    rest: kept.length === 0 ? path : `${path}?${kept.join("&")}`,
  };
}

/** Decodes as forms are decoded. What cannot be decoded stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
