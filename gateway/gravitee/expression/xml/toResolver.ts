import type { XmlNode } from "./XmlNode";

/** Creates a function that resolves the namespace prefixes of an XPath with the declarations of the root element. */
export function toResolver(root: XmlNode): (prefix: string) => string | null {
  return (prefix) => {
    if (prefix === "xml") return "http://www.w3.org/XML/1998/namespace";
    const attributes = root.documentElement?.attributes;
    for (let at = 0; at < (attributes?.length ?? 0); at++) {
      const attribute = attributes?.item(at);
      if (attribute?.nodeName === `xmlns:${prefix}`) return attribute.nodeValue;
    }
    return null;
  };
}
