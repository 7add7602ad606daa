import { XML } from "./Namespaces";
import type { XmlNode } from "./XmlNode";

/** Creates a function that resolves the namespace prefixes of an XPath with the declarations of the root element. */
export function toResolver(root: XmlNode): (prefix: string) => string | null {
  let declared: ReadonlyMap<string, string | null> | undefined;
  return (prefix) => {
    if (prefix === "xml") return XML;
    // The library asks for each node that it tests.
    declared ??= declarationsOf(root);
    return declared.get(`xmlns:${prefix}`) ?? null;
  };
}

function declarationsOf(root: XmlNode): ReadonlyMap<string, string | null> {
  const declared = new Map<string, string | null>();
  const attributes = root.documentElement?.attributes;
  for (let at = 0; at < (attributes?.length ?? 0); at++) {
    const attribute = attributes?.item(at);
    if (attribute?.nodeName.startsWith("xmlns:"))
      declared.set(attribute.nodeName, attribute.nodeValue);
  }
  return declared;
}
