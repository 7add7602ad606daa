/** Content of an XML document. Undefined elements are omitted. */
export interface XmlElements {
  readonly [name: string]: string | number | XmlElements | undefined;
}

const NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

/** Encodes a response of the query protocol in the namespace of STS. */
export function encodeXml(root: string, elements: XmlElements): string {
  return `<${root} xmlns="${NAMESPACE}">${write(elements)}</${root}>\n`;
}

function write(elements: XmlElements): string {
  return Object.entries(elements)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const content =
        typeof value === "object" ? write(value) : escapeXml(String(value));
      return `<${name}>${content}</${name}>`;
    })
    .join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
