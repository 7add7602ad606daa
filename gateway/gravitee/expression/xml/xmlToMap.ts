import type { Meter } from "../metering/Meter";
import { readXml } from "./readXml";
import type { XmlNode } from "./XmlNode";

const ELEMENT = 1;
const TEXT_NODE_TYPES = new Set([3, 4]);

/**
 * Converts XML to a map. It contains the attributes and child elements of the root by name, without the name of the root
 * itself. Elements of the same name become a list, and an element that contains only text becomes a string. Text next to
 * attributes or elements has the empty name.
 */
export function xmlToMap(
  text: string,
  meter: Meter,
): ReadonlyMap<string, unknown> {
  const { root } = readXml(text, { meter, knowsNamespaces: false });
  const element = root.childNodes.find(({ nodeType }) => nodeType === ELEMENT);
  const value = element && valueOf(element);
  return typeof value === "string"
    ? new Map([["", value]])
    : (value ?? new Map());
}

function valueOf(element: XmlNode): string | Map<string, unknown> {
  const map = new Map<string, unknown>();
  const { attributes } = element;
  for (let at = 0; at < attributes.length; at++) {
    const attribute = attributes.item(at);
    if (attribute) map.set(attribute.nodeName, attribute.nodeValue ?? "");
  }
  let text = "";
  for (const child of element.childNodes)
    if (child.nodeType === ELEMENT) add(map, child.nodeName, valueOf(child));
    else if (TEXT_NODE_TYPES.has(child.nodeType)) text += child.nodeValue ?? "";
  if (map.size === 0) return text;
  if (text.trim() !== "") map.set("", text);
  return map;
}

function add(map: Map<string, unknown>, name: string, value: unknown): void {
  const before = map.get(name);
  if (!map.has(name)) map.set(name, value);
  else if (Array.isArray(before)) before.push(value);
  else map.set(name, [before, value]);
}
